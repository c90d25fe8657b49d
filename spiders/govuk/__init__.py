"""GOV.UK: searches and publications."""
