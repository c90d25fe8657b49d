"""A small made-up world to watch: councils that do not exist, letters about them, and a site that publishes them.

`history.demo_world` is the world, `site.DemoSite` serves it, `councils.write_registry` writes its registry,
`play` plays a week of it. Nothing here is needed to watch the real site.
"""
