BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ofsted-watch','m001_sources','2026-11-27 11:33:24.752492+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ofsted-watch','m002_records','2026-11-27 11:33:24.758094+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'ofsted-watch','m003_outbox','2026-11-27 11:33:24.759344+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'ofsted-watch','m004_text','2026-11-27 11:33:24.763327+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'ofsted-watch','m005_stories','2026-11-27 11:33:24.764421+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'ofsted-watch','m006_threads','2026-11-27 11:33:24.772030+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'ofsted-watch','m007_subscriptions','2026-11-27 11:33:24.773595+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'ofsted-watch','m008_standing','2026-11-27 11:33:24.779172+00:00');
CREATE TABLE "deliveries" (
            id INTEGER PRIMARY KEY, event TEXT REFERENCES events (id), receipt TEXT REFERENCES receipts (id),
            channel TEXT NOT NULL, recipient TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
            due TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, message TEXT,
            maybe_sent INTEGER NOT NULL DEFAULT 0, remote TEXT, error TEXT, sent TEXT, claimed TEXT,
            UNIQUE (event, channel, recipient), UNIQUE (receipt, channel, recipient),
            CHECK ((event IS NULL) <> (receipt IS NULL))) STRICT;
INSERT INTO "deliveries" VALUES(1,'8a985e2025b96730546c',NULL,'all','','sent','2026-03-03T09:00:00+00:00',0,'m1',0,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL);
INSERT INTO "deliveries" VALUES(2,'5edf47622060f040141c',NULL,'all','','queued','2026-03-03T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,'f584542d719c8f3a4474',NULL,'all','','queued','2026-03-03T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(4,'dfa050a992867c0eba0a',NULL,'all','','queued','2026-03-05T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(5,'a018fb1261957004451b',NULL,'all','','queued','2026-03-05T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(6,'21922355cb538ce15e02',NULL,'all','','queued','2026-03-05T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(7,'a6be81c7845d0c6aaa2b',NULL,'all','','queued','2026-03-05T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(8,'342222e7a444c411b24e',NULL,'all','','queued','2026-03-06T09:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(9,'c743d4a4c7c16f5f659e',NULL,'all','','queued','2026-03-08T15:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(10,'462e48777b0e175a339e',NULL,'all','','queued','2026-03-08T15:00:00+00:00',0,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE episodes (
            source TEXT NOT NULL, target TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID;
INSERT INTO "episodes" VALUES('gone','','2026-03-08T15:00:00+00:00','5 of 5 targets could not be seen: blocked: 403');
INSERT INTO "episodes" VALUES('ofsted','90001','2026-03-03T09:00:00+00:00','error: HTTP 500');
INSERT INTO "episodes" VALUES('ofsted','quarantine','2026-03-06T09:00:00+00:00','11 records changed under the same id at once (of 13 known)');
INSERT INTO "episodes" VALUES('ofsted','quiet:90003','2026-03-06T15:00:00+00:00','nothing new for 140 working days, since 3 November 2025; the longest silence before was 90');
INSERT INTO "episodes" VALUES('ofsted','search','2026-03-03T09:00:00+00:00','the listing hides: Council 90000: newer');
INSERT INTO "episodes" VALUES('page.Board','Board','2026-03-08T15:00:00+00:00','blocked: 403');
INSERT INTO "episodes" VALUES('press','News, Views','2026-03-05T09:00:00+00:00','error: HTTP 503');
INSERT INTO "episodes" VALUES('press','quarantine','2026-03-05T09:00:00+00:00','error: HTTP 503');
INSERT INTO "episodes" VALUES('press','quiet','2026-03-05T09:00:00+00:00','error: HTTP 503');
INSERT INTO "episodes" VALUES('press','search','2026-03-05T09:00:00+00:00','error: HTTP 503');
CREATE TABLE events (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, kind TEXT NOT NULL,
            urn TEXT, published TEXT, body TEXT NOT NULL) STRICT;
INSERT INTO "events" VALUES(1,'8a985e2025b96730546c','2026-03-03T09:00:00+00:00','report.published','90000','2026-03-03','{"id": "8a985e2025b96730546c", "at": "2026-03-03T09:00:00+00:00", "kind": "report.published", "severity": "notice", "source": "ofsted", "title": "Inspection report 90100", "council": "Council 90000", "urn": "90000", "url": "https://o.example/90100", "published": "2026-03-03", "before": null, "after": {"key": "90100", "report_type": "inspection", "sha256": "0000000000000000000000000000000000000000000000000000000000015ff4"}, "changes": [], "document": {"sha256": "0000000000000000000000000000000000000000000000000000000000015ff4", "bytes": 1000, "media_type": "application/pdf"}, "summary": [], "story": "90000-5ebcdec9"}');
INSERT INTO "events" VALUES(2,'5edf47622060f040141c','2026-03-03T09:00:00+00:00','source.failing','90001',NULL,'{"id": "5edf47622060f040141c", "at": "2026-03-03T09:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "ofsted", "title": "Ofsted 90001 cannot be read", "council": "Council 90001", "urn": "90001", "url": null, "published": null, "before": null, "after": {"reason": "error: HTTP 500", "since": "2026-03-03T09:00:00+00:00", "target": "90001"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(3,'f584542d719c8f3a4474','2026-03-03T09:00:00+00:00','source.failing',NULL,NULL,'{"id": "f584542d719c8f3a4474", "at": "2026-03-03T09:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "ofsted", "title": "Ofsted search cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "the listing hides: Council 90000: newer", "since": "2026-03-03T09:00:00+00:00", "target": "search"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(4,'dfa050a992867c0eba0a','2026-03-05T09:00:00+00:00','source.quarantined',NULL,NULL,'{"id": "dfa050a992867c0eba0a", "at": "2026-03-05T09:00:00+00:00", "kind": "source.quarantined", "severity": "important", "source": "press", "title": "Press changed too much at once and is not believed", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "error: HTTP 503", "since": "2026-03-05T09:00:00+00:00", "target": "quarantine"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(5,'a018fb1261957004451b','2026-03-05T09:00:00+00:00','source.failing',NULL,NULL,'{"id": "a018fb1261957004451b", "at": "2026-03-05T09:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "press", "title": "Press search cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "error: HTTP 503", "since": "2026-03-05T09:00:00+00:00", "target": "search"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(6,'21922355cb538ce15e02','2026-03-05T09:00:00+00:00','source.failing',NULL,NULL,'{"id": "21922355cb538ce15e02", "at": "2026-03-05T09:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "press", "title": "Press cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "error: HTTP 503", "since": "2026-03-05T09:00:00+00:00", "target": null, "state": "quiet"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(7,'a6be81c7845d0c6aaa2b','2026-03-05T09:00:00+00:00','source.failing',NULL,NULL,'{"id": "a6be81c7845d0c6aaa2b", "at": "2026-03-05T09:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "press", "title": "Press cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "error: HTTP 503", "since": "2026-03-05T09:00:00+00:00", "target": "News, Views"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(8,'342222e7a444c411b24e','2026-03-06T09:00:00+00:00','source.quarantined',NULL,NULL,'{"id": "342222e7a444c411b24e", "at": "2026-03-06T09:00:00+00:00", "kind": "source.quarantined", "severity": "important", "source": "ofsted", "title": "Ofsted changed too much at once and is not believed", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "11 records changed under the same id at once (of 13 known)", "since": "2026-03-06T09:00:00+00:00", "target": "quarantine"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(9,'c743d4a4c7c16f5f659e','2026-03-08T15:00:00+00:00','source.failing',NULL,NULL,'{"id": "c743d4a4c7c16f5f659e", "at": "2026-03-08T15:00:00+00:00", "kind": "source.failing", "severity": "notice", "source": "page.Board", "title": "page.Board Board cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "blocked: 403", "since": "2026-03-08T15:00:00+00:00", "target": "Board"}, "changes": [], "document": null, "summary": [], "story": null}');
INSERT INTO "events" VALUES(10,'462e48777b0e175a339e','2026-03-08T15:00:00+00:00','source.failing',NULL,NULL,'{"id": "462e48777b0e175a339e", "at": "2026-03-08T15:00:00+00:00", "kind": "source.failing", "severity": "important", "source": "gone", "title": "gone cannot be read", "council": null, "urn": null, "url": null, "published": null, "before": null, "after": {"reason": "5 of 5 targets could not be seen: blocked: 403", "since": "2026-03-08T15:00:00+00:00", "target": null}, "changes": [], "document": null, "summary": [], "story": null}');
CREATE TABLE facts (
            source TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (source, name)) STRICT, WITHOUT ROWID;
INSERT INTO "facts" VALUES('ofsted','listing_hides','the listing hides: Council 90000: newer');
INSERT INTO "facts" VALUES('ofsted','listing_swept','1');
INSERT INTO "facts" VALUES('press','listing_swept','1');
INSERT INTO "facts" VALUES('press','not_before','2026-03-06T17:00:00+00:00');
INSERT INTO "facts" VALUES('press','release','1');
CREATE TABLE irrelevant (
            channel TEXT NOT NULL, event TEXT NOT NULL, story TEXT, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, event, by)) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (
            job TEXT PRIMARY KEY, slot TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT, finished TEXT,
            outcome TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE letters (
            sha256 TEXT PRIMARY KEY, reader INTEGER NOT NULL, read TEXT NOT NULL, kind TEXT NOT NULL,
            body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mutes (
            channel TEXT NOT NULL, urn TEXT NOT NULL, until TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, urn)) STRICT, WITHOUT ROWID;
CREATE TABLE posts (
            seq INTEGER PRIMARY KEY, message TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, recipient TEXT NOT NULL,
            place TEXT NOT NULL, remote TEXT NOT NULL, story TEXT, at TEXT NOT NULL) STRICT;
CREATE TABLE quarantines (
            source TEXT PRIMARY KEY, since TEXT NOT NULL, reason TEXT NOT NULL, fingerprint TEXT NOT NULL,
            confirmations INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "quarantines" VALUES('ofsted','2026-03-06T09:00:00+00:00','11 records changed under the same id at once (of 13 known)','4561a6f842d6f938',0);
CREATE TABLE receipts (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE records (
            source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
            url TEXT NOT NULL, title TEXT NOT NULL, published TEXT, fields TEXT NOT NULL,
            document TEXT, document_error TEXT, asked TEXT,
            state TEXT NOT NULL CHECK (state IN ('listed', 'pending', 'missing', 'gone')),
            first_seen TEXT NOT NULL, missing_since TEXT, announced INTEGER NOT NULL, versions INTEGER NOT NULL, text TEXT, facts TEXT,
            PRIMARY KEY (source, target, kind, key)) STRICT, WITHOUT ROWID;
INSERT INTO "records" VALUES('ofsted','90000','report','90000','https://o.example/90000','Inspection report 90000','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f90", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90000','report','90100','https://o.example/90100','Inspection report 90100','2026-03-03','{"report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015ff4", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-03T09:00:00+00:00','listed','2026-03-03T09:00:00+00:00',NULL,1,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90001','report','90001','https://o.example/90001','Inspection report 90001','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f91", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90002','report','90002','https://o.example/90002','Inspection report 90002','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f92", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90003','report','90003','https://o.example/90003','Inspection report 90003','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f93", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90004','report','90004','https://o.example/90004','Inspection report 90004','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f94", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90005','report','90005','https://o.example/90005','Inspection report 90005','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f95", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90006','report','90006','https://o.example/90006','Inspection report 90006','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f96", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90007','report','90007','https://o.example/90007','Inspection report 90007','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f97", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90008','report','90008','https://o.example/90008','Inspection report 90008','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f98", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90009','report','90009','https://o.example/90009','Inspection report 90009','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f99", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90010','report','90010','https://o.example/90010','Inspection report 90010','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f9a", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('ofsted','90011','report','90011','https://o.example/90011','Inspection report 90011','2025-11-03','{"label": "good", "report_type": "inspection"}','{"sha256": "0000000000000000000000000000000000000000000000000000000000015f9b", "bytes": 1000, "media_type": "application/pdf"}',NULL,'2026-03-02T09:00:00+00:00','listed','2026-03-02T09:00:00+00:00',NULL,0,1,NULL,NULL);
INSERT INTO "records" VALUES('page.Board','Board','page','k','https://b.example/','Board',NULL,'{"text": "x"}',NULL,NULL,NULL,'listed','2026-03-06T15:00:00+00:00',NULL,0,1,'One.',NULL);
INSERT INTO "records" VALUES('press','Argus','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','Echo','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','Gazette','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','Mail','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','News, Views','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','Post','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','Times','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','quarantine','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','quiet','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
INSERT INTO "records" VALUES('press','search','article','a','https://p.example/a','Article a','2026-02-20','{"body": "feed"}',NULL,NULL,NULL,'listed','2026-03-02T09:00:00+00:00',NULL,0,1,'Bins are collected a day later.',NULL);
CREATE TABLE runs (
            id TEXT PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL,
            polls INTEGER NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL,
            broken TEXT, unchanged INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO "runs" VALUES('20260302T090000Z-ofsted','ofsted','2026-03-02T09:00:00+00:00','2026-03-02T09:00:00+00:00',13,13,0,NULL,0);
INSERT INTO "runs" VALUES('20260302T090000Z-press','press','2026-03-02T09:00:00+00:00','2026-03-02T09:00:00+00:00',10,10,0,NULL,0);
INSERT INTO "runs" VALUES('20260303T090000Z-ofsted','ofsted','2026-03-03T09:00:00+00:00','2026-03-03T09:00:00+00:00',13,13,0,'90001: error: HTTP 500; search: the listing hides: Council 90000: newer',0);
INSERT INTO "runs" VALUES('20260305T090000Z-press','press','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00',10,10,0,'quarantine: error: HTTP 503; search: error: HTTP 503; quiet: error: HTTP 503; News, Views: error: HTTP 503',0);
INSERT INTO "runs" VALUES('20260306T090000Z-ofsted','ofsted','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00',13,13,0,'90001: error: HTTP 500; search: the listing hides: Council 90000: newer',1);
INSERT INTO "runs" VALUES('20260306T150000Z-page.Board','page.Board','2026-03-06T15:00:00+00:00','2026-03-06T15:00:00+00:00',1,1,0,NULL,0);
INSERT INTO "runs" VALUES('20260308T150000Z-gone','gone','2026-03-08T15:00:00+00:00','2026-03-08T15:00:00+00:00',5,5,0,'5 of 5 targets could not be seen: blocked: 403',0);
INSERT INTO "runs" VALUES('20260308T150000Z-page.Board','page.Board','2026-03-08T15:00:00+00:00','2026-03-08T15:00:00+00:00',1,1,0,'Board: blocked: 403',0);
CREATE TABLE stories (
            id TEXT PRIMARY KEY, urn TEXT NOT NULL, opener TEXT NOT NULL, kind TEXT, opened TEXT NOT NULL,
            closed TEXT, merged_into TEXT) STRICT, WITHOUT ROWID;
INSERT INTO "stories" VALUES('90000-5ebcdec9','90000','b59ceda0',NULL,'2026-03-03',NULL,NULL);
INSERT INTO "stories" VALUES('90000-67fddc45','90000','29e5267f',NULL,'2025-11-03','2026-03-03',NULL);
INSERT INTO "stories" VALUES('90001-c687a8d7','90001','b8eadfa0',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90002-2d090d21','90002','8e80a213',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90003-4d17f1c5','90003','48f6a7e8',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90004-77ee460e','90004','b7b2b905',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90005-4f2b3c54','90005','8c5b1e8a',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90006-fb300f67','90006','1a75be56',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90007-732758a5','90007','8ab06c11',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90008-98fc2d1e','90008','0b905ace',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90009-41852414','90009','5a9d0b7c',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90010-251060c9','90010','bad28d87',NULL,'2025-11-03',NULL,NULL);
INSERT INTO "stories" VALUES('90011-7fa40769','90011','4cb7c8c1',NULL,'2025-11-03',NULL,NULL);
CREATE TABLE story_hands (
            urn TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
            together INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (urn, one, other)) STRICT, WITHOUT ROWID;
CREATE TABLE story_pieces (
            urn TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL,
            key TEXT NOT NULL, story TEXT REFERENCES stories (id), reason TEXT, score INTEGER, body TEXT NOT NULL,
            PRIMARY KEY (urn, name)) STRICT, WITHOUT ROWID;
INSERT INTO "story_pieces" VALUES('90000','29e5267f','ofsted','90000','report','90000','90000-67fddc45','Ofsted''s letter',100,'{"urn": "90000", "source": "ofsted", "target": "90000", "record": "report", "key": "90000", "url": "https://o.example/90000", "title": "Inspection report 90000", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f90", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90000','b59ceda0','ofsted','90000','report','90100','90000-5ebcdec9','Ofsted''s letter',100,'{"urn": "90000", "source": "ofsted", "target": "90000", "record": "report", "key": "90100", "url": "https://o.example/90100", "title": "Inspection report 90100", "place": "", "kind": null, "visits": [], "letters": ["2026-03-03"], "published": "2026-03-03", "meeting": null, "seen": "2026-03-03", "sha256": "0000000000000000000000000000000000000000000000000000000000015ff4", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90001','b8eadfa0','ofsted','90001','report','90001','90001-c687a8d7','Ofsted''s letter',100,'{"urn": "90001", "source": "ofsted", "target": "90001", "record": "report", "key": "90001", "url": "https://o.example/90001", "title": "Inspection report 90001", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f91", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90002','8e80a213','ofsted','90002','report','90002','90002-2d090d21','Ofsted''s letter',100,'{"urn": "90002", "source": "ofsted", "target": "90002", "record": "report", "key": "90002", "url": "https://o.example/90002", "title": "Inspection report 90002", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f92", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90003','48f6a7e8','ofsted','90003','report','90003','90003-4d17f1c5','Ofsted''s letter',100,'{"urn": "90003", "source": "ofsted", "target": "90003", "record": "report", "key": "90003", "url": "https://o.example/90003", "title": "Inspection report 90003", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f93", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90004','b7b2b905','ofsted','90004','report','90004','90004-77ee460e','Ofsted''s letter',100,'{"urn": "90004", "source": "ofsted", "target": "90004", "record": "report", "key": "90004", "url": "https://o.example/90004", "title": "Inspection report 90004", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f94", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90005','8c5b1e8a','ofsted','90005','report','90005','90005-4f2b3c54','Ofsted''s letter',100,'{"urn": "90005", "source": "ofsted", "target": "90005", "record": "report", "key": "90005", "url": "https://o.example/90005", "title": "Inspection report 90005", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f95", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90006','1a75be56','ofsted','90006','report','90006','90006-fb300f67','Ofsted''s letter',100,'{"urn": "90006", "source": "ofsted", "target": "90006", "record": "report", "key": "90006", "url": "https://o.example/90006", "title": "Inspection report 90006", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f96", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90007','8ab06c11','ofsted','90007','report','90007','90007-732758a5','Ofsted''s letter',100,'{"urn": "90007", "source": "ofsted", "target": "90007", "record": "report", "key": "90007", "url": "https://o.example/90007", "title": "Inspection report 90007", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f97", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90008','0b905ace','ofsted','90008','report','90008','90008-98fc2d1e','Ofsted''s letter',100,'{"urn": "90008", "source": "ofsted", "target": "90008", "record": "report", "key": "90008", "url": "https://o.example/90008", "title": "Inspection report 90008", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f98", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90009','5a9d0b7c','ofsted','90009','report','90009','90009-41852414','Ofsted''s letter',100,'{"urn": "90009", "source": "ofsted", "target": "90009", "record": "report", "key": "90009", "url": "https://o.example/90009", "title": "Inspection report 90009", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f99", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90010','bad28d87','ofsted','90010','report','90010','90010-251060c9','Ofsted''s letter',100,'{"urn": "90010", "source": "ofsted", "target": "90010", "record": "report", "key": "90010", "url": "https://o.example/90010", "title": "Inspection report 90010", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f9a", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
INSERT INTO "story_pieces" VALUES('90011','4cb7c8c1','ofsted','90011','report','90011','90011-7fa40769','Ofsted''s letter',100,'{"urn": "90011", "source": "ofsted", "target": "90011", "record": "report", "key": "90011", "url": "https://o.example/90011", "title": "Inspection report 90011", "place": "", "kind": null, "visits": [], "letters": ["2025-11-03"], "published": "2025-11-03", "meeting": null, "seen": "2026-03-02", "sha256": "0000000000000000000000000000000000000000000000000000000000015f9b", "item": null, "people": [], "passages": [], "tells": true, "inadequate": false, "facts": []}');
CREATE TABLE subscriptions (
            channel TEXT NOT NULL, urn TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (channel, urn)) STRICT, WITHOUT ROWID;
CREATE TABLE targets (
            source TEXT NOT NULL, target TEXT NOT NULL, url TEXT, mark TEXT, baselined TEXT,
            polled TEXT NOT NULL, healthy TEXT, outcome TEXT NOT NULL, detail TEXT,
            PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID;
INSERT INTO "targets" VALUES('gone','a',NULL,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL,'blocked','403');
INSERT INTO "targets" VALUES('gone','b',NULL,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL,'blocked','403');
INSERT INTO "targets" VALUES('gone','c',NULL,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL,'blocked','403');
INSERT INTO "targets" VALUES('gone','d',NULL,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL,'blocked','403');
INSERT INTO "targets" VALUES('gone','e',NULL,NULL,NULL,'2026-03-08T15:00:00+00:00',NULL,'blocked','403');
INSERT INTO "targets" VALUES('ofsted','90000',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90001',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-02T09:00:00+00:00','error','HTTP 500');
INSERT INTO "targets" VALUES('ofsted','90002',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90003',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90004',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90005',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90006',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90007',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90008',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90009',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90010',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','90011',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-06T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('ofsted','search',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-06T09:00:00+00:00','2026-03-02T09:00:00+00:00','unchanged',NULL);
INSERT INTO "targets" VALUES('page.Board','Board',NULL,NULL,'2026-03-06T15:00:00+00:00','2026-03-08T15:00:00+00:00','2026-03-06T15:00:00+00:00','blocked','403');
INSERT INTO "targets" VALUES('press','Argus',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','Echo',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','Gazette',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','Mail',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','News, Views',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-02T09:00:00+00:00','error','HTTP 503');
INSERT INTO "targets" VALUES('press','Post',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','Times',NULL,'m','2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-05T09:00:00+00:00','ok',NULL);
INSERT INTO "targets" VALUES('press','quarantine',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-02T09:00:00+00:00','error','HTTP 503');
INSERT INTO "targets" VALUES('press','quiet',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-02T09:00:00+00:00','error','HTTP 503');
INSERT INTO "targets" VALUES('press','search',NULL,NULL,'2026-03-02T09:00:00+00:00','2026-03-05T09:00:00+00:00','2026-03-02T09:00:00+00:00','error','HTTP 503');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX events_by_urn ON events (urn);
CREATE INDEX stories_by_urn ON stories (urn);
CREATE INDEX story_pieces_by_record ON story_pieces (source, target, kind, key);
CREATE INDEX posts_by_story ON posts (story, channel) WHERE story IS NOT NULL;
CREATE INDEX deliveries_owed ON deliveries (channel, recipient, id) WHERE state IN ('queued', 'sending');
CREATE INDEX deliveries_by_message ON deliveries (message);
CREATE INDEX deliveries_sent ON deliveries (channel, recipient, sent);
COMMIT;
PRAGMA user_version = 8;
