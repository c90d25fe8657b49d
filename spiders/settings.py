"""Scrapy's settings for every spider: only the listed parts run, and defaults that are unsafe or impolite for a monitor
are changed. `spiders.job` adds what a job says (user agent, delay, limits)."""

BOT_NAME = "ofsted-watch"
SPIDER_MODULES = ["spiders"]
USER_AGENT = "ofsted-watch/0.1 (no contact configured)"
ROBOTSTXT_USER_AGENT = "ofsted-watch"

# No reactor and no remote consoles; one handler that verifies certificates and the address it connects to, and unpacks
# bodies itself.
TWISTED_REACTOR_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "spiders.http.handler.AiohttpHandler") | dict.fromkeys(
    ("data", "file", "ftp", "s3")
)

# Manners: one connection a host, a steady delay, robots.txt obeyed, failures asked again once. Hosts are asked beside
# each other (`spiders.together`), those of one vendor four at a time (`spiders.http.vendors`).
CONCURRENT_REQUESTS = 48
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1
DOWNLOAD_DELAY = 2
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 50_000_000
DOWNLOAD_WARNSIZE = 0
ROBOTSTXT_OBEY = True
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
_LOST = ("CannotResolveHost", "DownloadConnectionRefused", "DownloadFailed", "DownloadTimeout", "ResponseDataLoss")
# Scrapy's own list loads its whole Twisted client, a quarter of a crawl's CPU time.
RETRY_EXCEPTIONS = [f"scrapy.exceptions.{name}Error" for name in _LOST]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
REDIRECT_MAX_TIMES = 5
REFERRER_POLICY = "no-referrer"
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/pdf;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip, deflate"}

DOWNLOADER_MIDDLEWARES_BASE = {
    "spiders.http.middleware.Manners": 50,
    "spiders.http.robots.Robots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "spiders.http.exchange.ExchangeCookies": 700,
}
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700}
EXTENSIONS_BASE = {"scrapy.extensions.feedexport.FeedExporter": 0}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
