-- A store of the first released schema with one article in two versions.
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES (1, 'newsbot', 'm0001_articles_and_findings', '2026-11-22 16:59:50.115316+00:00');
INSERT INTO "_sqlite_migrations" VALUES (2, 'newsbot', 'm0002_conversation', '2026-11-22 16:59:50.115671+00:00');
CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            article_id TEXT NOT NULL UNIQUE,
            current INTEGER,
            fingerprint TEXT,
            added TEXT NOT NULL,
            sample INTEGER NOT NULL DEFAULT 0
        );
INSERT INTO "articles" VALUES (1, 'ferry', 2, NULL, '2026-11-22T16:59:50+00:00', 0);
CREATE TABLE versions (
            id INTEGER PRIMARY KEY,
            article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT, title TEXT, source TEXT, author TEXT,
            published TEXT, day TEXT, section TEXT, standfirst TEXT,
            added TEXT NOT NULL,
            extractor INTEGER NOT NULL,
            read_chars INTEGER NOT NULL,
            UNIQUE (article, version)
        );
INSERT INTO "versions" VALUES (1, 1, 1, 'c20f03f9448fca99061d93cd374f84ccc342470fc0e3759dd6f18d3431424bb1', 'The ferry stays in port.', 'https://portcourier.example/ferry', 'Ferry to Gull Island sails again', 'The Port Courier', 'Mika Sand', '2025-03-18', '2025-03-18', 'Region', NULL, '2026-11-22T16:59:50+00:00', 1, 24);
INSERT INTO "versions" VALUES (2, 1, 2, '311308777252a81dcba30313b02c64158b61adafa663f75a881e6d86bb4ad762', 'Ferry to Gull Island sails again

“The sea has let us go,” said Ines Roca, the harbour master, on Monday. The town agreed to pay 40,000 crowns for a new ramp by 1 April.

Tomas Heller denied that the old ramp had been unsafe.', 'https://portcourier.example/ferry', 'Ferry to Gull Island sails again', 'The Port Courier', 'Mika Sand', '2025-03-18', '2025-03-18', 'Region', NULL, '2026-11-22T16:59:50+00:00', 1, 225);
CREATE TABLE sentences (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            n INTEGER NOT NULL,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            terms TEXT NOT NULL,
            context TEXT NOT NULL,
            UNIQUE (version, n)
        );
INSERT INTO "sentences" VALUES (1, 1, 0, 0, 24, 'the ferri stay in port', 'ferri to gull island sail again the port courier 18 march 2025');
INSERT INTO "sentences" VALUES (2, 2, 0, 0, 32, 'ferri to gull island sail again', 'ferri to gull island sail again the port courier 18 march 2025');
INSERT INTO "sentences" VALUES (3, 2, 1, 34, 105, 'the sea has let us go said ine roca the harbour master on monday', 'ferri to gull island sail again the port courier 18 march 2025');
INSERT INTO "sentences" VALUES (4, 2, 2, 106, 169, 'the town agre to pay 40000 crown for a new ramp by 1 april', 'ferri to gull island sail again the port courier 18 march 2025');
INSERT INTO "sentences" VALUES (5, 2, 3, 171, 225, 'toma heller deni that the old ramp had been unsaf', 'ferri to gull island sail again the port courier 18 march 2025');
CREATE TABLE quotes (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind TEXT NOT NULL, polarity TEXT NOT NULL,
            speaker TEXT, speaker_key TEXT, role TEXT, cue_class TEXT,
            confidence REAL NOT NULL,
            data TEXT NOT NULL
        );
INSERT INTO "quotes" VALUES (1, 2, 35, 73, 'direct', 'said', 'Ines Roca', 'ines roca', 'harbour master', 'says', 0.9, '{"kind": "direct", "content": [{"start": 35, "end": 57}], "speaker": {"span": {"start": 64, "end": 73}, "name": "Ines Roca", "role": "harbour master"}, "cue": {"span": {"start": 59, "end": 63}, "cue_class": "says"}, "polarity": "said", "relay": {"start": 79, "end": 93}, "unnamed": false, "confidence": 0.9}');
INSERT INTO "quotes" VALUES (2, 2, 171, 224, 'indirect', 'denied', 'Tomas Heller', 'tomas heller', NULL, 'denies', 0.25, '{"kind": "indirect", "content": [{"start": 191, "end": 208}, {"start": 209, "end": 224}], "speaker": {"span": {"start": 171, "end": 183}, "name": null, "role": null}, "cue": {"span": {"start": 184, "end": 190}, "cue_class": "denies"}, "polarity": "denied", "relay": null, "unnamed": true, "confidence": 0.25}');
INSERT INTO "quotes" VALUES (3, 2, 147, 157, 'mixed', 'said', NULL, NULL, NULL, NULL, 0.5, '{"kind": "mixed", "content": [{"start": 147, "end": 157}], "speaker": null, "cue": null, "polarity": "said", "relay": null, "unnamed": false, "confidence": 0.5}');
CREATE TABLE facts (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind TEXT NOT NULL, status TEXT NOT NULL,
            made TEXT, effective TEXT,
            confidence REAL NOT NULL,
            data TEXT NOT NULL
        );
INSERT INTO "facts" VALUES (1, 2, 106, 169, 'agreement', 'agreed', '2025-03-17', '2025-04-01', 0.75, '{"kind": "agreement", "status": "agreed", "span": {"start": 106, "end": 169}, "parties": [{"name": "the town", "part": "agrees", "span": {"start": 106, "end": 114}}, {"name": "the port", "part": "of", "span": null}], "object": "a new ramp", "figure": {"value": 40000.0, "unit": "crowns", "of": "ramp", "hedge": "about"}, "made": "2025-03-17", "effective": "2025-04-01", "source": "Ines Roca", "dates": [{"start": 161, "end": 168}], "confidence": 0.75}');
INSERT INTO "facts" VALUES (2, 2, 171, 190, 'denial', 'denied', NULL, NULL, 0.5, '{"kind": "denial", "status": "denied", "span": {"start": 171, "end": 190}, "parties": [], "object": null, "figure": null, "made": null, "effective": null, "source": null, "dates": [], "confidence": 0.5}');
CREATE TABLE dates (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            value TEXT, grain TEXT NOT NULL, how TEXT NOT NULL
        );
INSERT INTO "dates" VALUES (1, 2, 98, 104, '2025-03-17', 'day', 'weekday');
INSERT INTO "dates" VALUES (2, 2, 161, 168, NULL, 'interval', 'none');
CREATE TABLE names (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            name TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, role TEXT
        );
INSERT INTO "names" VALUES (1, 2, 64, 73, 'Ines Roca', 'ines roca', 'person', 'harbour master');
INSERT INTO "names" VALUES (2, 2, 9, 20, 'Gull Island', 'gull island', 'place', NULL);
CREATE TABLE words (
            word TEXT PRIMARY KEY,
            term TEXT NOT NULL,
            sentences INTEGER NOT NULL
        ) WITHOUT ROWID;
INSERT INTO "words" VALUES ('1', '1', 1);
INSERT INTO "words" VALUES ('40,000', '40000', 1);
INSERT INTO "words" VALUES ('a', 'a', 1);
INSERT INTO "words" VALUES ('again', 'again', 1);
INSERT INTO "words" VALUES ('agreed', 'agre', 1);
INSERT INTO "words" VALUES ('april', 'april', 1);
INSERT INTO "words" VALUES ('been', 'been', 1);
INSERT INTO "words" VALUES ('by', 'by', 1);
INSERT INTO "words" VALUES ('crowns', 'crown', 1);
INSERT INTO "words" VALUES ('denied', 'deni', 1);
INSERT INTO "words" VALUES ('ferry', 'ferri', 1);
INSERT INTO "words" VALUES ('for', 'for', 1);
INSERT INTO "words" VALUES ('go', 'go', 1);
INSERT INTO "words" VALUES ('gull', 'gull', 1);
INSERT INTO "words" VALUES ('had', 'had', 1);
INSERT INTO "words" VALUES ('harbour', 'harbour', 1);
INSERT INTO "words" VALUES ('has', 'has', 1);
INSERT INTO "words" VALUES ('heller', 'heller', 1);
INSERT INTO "words" VALUES ('ines', 'ine', 1);
INSERT INTO "words" VALUES ('island', 'island', 1);
INSERT INTO "words" VALUES ('let', 'let', 1);
INSERT INTO "words" VALUES ('master', 'master', 1);
INSERT INTO "words" VALUES ('monday', 'monday', 1);
INSERT INTO "words" VALUES ('new', 'new', 1);
INSERT INTO "words" VALUES ('old', 'old', 1);
INSERT INTO "words" VALUES ('on', 'on', 1);
INSERT INTO "words" VALUES ('pay', 'pay', 1);
INSERT INTO "words" VALUES ('ramp', 'ramp', 2);
INSERT INTO "words" VALUES ('roca', 'roca', 1);
INSERT INTO "words" VALUES ('said', 'said', 1);
INSERT INTO "words" VALUES ('sails', 'sail', 1);
INSERT INTO "words" VALUES ('sea', 'sea', 1);
INSERT INTO "words" VALUES ('that', 'that', 1);
INSERT INTO "words" VALUES ('the', 'the', 4);
INSERT INTO "words" VALUES ('to', 'to', 2);
INSERT INTO "words" VALUES ('tomas', 'toma', 1);
INSERT INTO "words" VALUES ('town', 'town', 1);
INSERT INTO "words" VALUES ('unsafe', 'unsaf', 1);
INSERT INTO "words" VALUES ('us', 'us', 1);
CREATE VIRTUAL TABLE sentence_index USING fts5(
            terms, context, content = 'sentences', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
        );
CREATE TABLE article_terms (
            id INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            body TEXT NOT NULL
        );
INSERT INTO "article_terms" VALUES (1, 'ferri to gull island sail again', 'the ferri stay in port');
INSERT INTO "article_terms" VALUES (2, 'ferri to gull island sail again', 'ferri to gull island sail again the sea has let us go said ine roca the harbour master on monday the town agre to pay 40000 crown for a new ramp by 1 april toma heller deni that the old ramp had been unsaf');
CREATE VIRTUAL TABLE article_index USING fts5(
            title, body, content = 'article_terms', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
        );
CREATE TABLE chats (
            chat TEXT PRIMARY KEY,
            frame TEXT,
            pending TEXT,
            updated TEXT NOT NULL
        );
CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL,
            received TEXT NOT NULL,
            raw TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'new',
            tries INTEGER NOT NULL DEFAULT 0,
            finished TEXT,
            fault TEXT
        );
CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            key TEXT UNIQUE NOT NULL,
            chat TEXT NOT NULL,
            lane INTEGER NOT NULL,
            created TEXT NOT NULL,
            method TEXT NOT NULL,
            payload TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'due',
            tries INTEGER NOT NULL DEFAULT 0,
            not_before TEXT,
            message_id INTEGER,
            fault TEXT,
            finished TEXT
        );
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
DELETE FROM "sentence_index_data";
INSERT INTO "sentence_index_data" VALUES (1, X'042C30');
INSERT INTO "sentence_index_data" VALUES (10, X'000000000103030003010101020101030101');
INSERT INTO "sentence_index_data" VALUES (137438953473, X'0000009B03303138010601010B010432303235010601010D0105616761696E01060101070107636F7572696572010601010A01056665727269010803010102010467756C6C01060101040102696E0102050205736C616E64010601010501056D61726368010601010C0104706F727401080601010901047361696C01060101060203746179010204010374686501080201010802016F010601010304090B0C0E0D0B070C0C0C0B080B');
INSERT INTO "sentence_index_data" VALUES (274877906945, X'0000007203303138010101043230323501010105616761696E01010107636F75726965720101010566657272690101010467756C6C01010102696E01010205736C616E64010101056D6172636801010104706F7274010101047361696C0101020374617901010103746865010102016F0101040608090B090806090908080707');
INSERT INTO "sentence_index_data" VALUES (412316860417, X'0000024202303104020E020138020601010B010601010B010601010B010601010B010432303235020601010D010601010D010601010D010601010D0105343030303004020701016104020A02046761696E0208070101070106010107010601010701060101070302726504020402047072696C04020F01046265656E05020A02017904020D0107636F7572696572020601010A010601010A010601010A010601010A0204726F776E040208010464656E690502040105666572726902080201010201060101020106010102010601010202026F720402090102676F0302070203756C6C0208040101040106010104010601010401060101040103686164050209030572626F757203020C0301730302040205656C6C65720502030103696E650302090205736C616E6402080501010501060101050106010105010601010501036C657403020501056D61726368020601010C010601010C010601010C010601010C03047374657203020D02056F6E64617903020F01036E657704020B01036F6C6405020702016E03020E010370617904020602036F72740206010109010601010901060101090106010109010472616D7004020C01020802036F636103020A01047361696403020804016C020806010106010601010601060101060106010106020265610302030104746861740502050301650206010108010A020B01010801080201010801080601010802016F0208030101030106010103010805010103010601010303026D610502020302776E0402030105756E73616605020B0201730302060406171A0A061B070909061D09091C07071A080A060A081C081B090A08080608190C08091807091B1907070A');
DELETE FROM "sentence_index_idx";
INSERT INTO "sentence_index_idx" VALUES (1, X'', 2);
INSERT INTO "sentence_index_idx" VALUES (2, X'', 2);
INSERT INTO "sentence_index_idx" VALUES (3, X'', 2);
DELETE FROM "sentence_index_docsize";
INSERT INTO "sentence_index_docsize" VALUES (2, X'060C');
INSERT INTO "sentence_index_docsize" VALUES (3, X'0E0C');
INSERT INTO "sentence_index_docsize" VALUES (4, X'0E0C');
INSERT INTO "sentence_index_docsize" VALUES (5, X'0A0C');
DELETE FROM "sentence_index_config";
INSERT INTO "sentence_index_config" VALUES ('version', 4);
DELETE FROM "article_index_data";
INSERT INTO "article_index_data" VALUES (1, X'01062C');
INSERT INTO "article_index_data" VALUES (10, X'000000000103030003010101020101030101');
INSERT INTO "article_index_data" VALUES (137438953473, X'000000650630616761696E01020701056665727269010802010103010467756C6C0102040102696E01060101050205736C616E640102050104706F7274010601010601047361696C010206020374617901060101040103746865010601010202016F010203040A0D09090A0B090A0A');
INSERT INTO "article_index_data" VALUES (274877906945, X'000000500630616761696E0101010566657272690101010467756C6C01010102696E01010205736C616E6401010104706F7274010101047361696C0101020374617901010103746865010102016F010104090908060908080707');
INSERT INTO "article_index_data" VALUES (412316860417, X'00000197023031020601012201053430303030020601011B010161020601011E02046761696E02080701010703027265020601011802047072696C020601012301046265656E020601012C0201790206010121010563726F776E020601011C010464656E6902060101260105666572726902080201010202026F72020601011D0102676F020601010D0203756C6C0208040101040103686164020601012B030572626F75720206010112030173020601010A0205656C6C657202060101250103696E65020601010F0205736C616E6402080501010501036C6574020601010B01066D6173746572020601011302056F6E646179020601011501036E6577020601011F01036F6C64020601012902016E02060101140103706179020601011A010472616D7002080101200C02036F63610206010110010473616964020601010E04016C0208060101060202656102060101090104746861740206010127030165020C0101080B071402016F020A030101031803026D6102060101240302776E02060101170105756E736166020601012D020173020601010C04080C080C090B0B080C0B0D09090B0A0C080C0A0D0A0D0C0A0A080A0C0A0B09090B0B0A09090C');
DELETE FROM "article_index_idx";
INSERT INTO "article_index_idx" VALUES (1, X'', 2);
INSERT INTO "article_index_idx" VALUES (2, X'', 2);
INSERT INTO "article_index_idx" VALUES (3, X'', 2);
DELETE FROM "article_index_docsize";
INSERT INTO "article_index_docsize" VALUES (2, X'062C');
DELETE FROM "article_index_config";
INSERT INTO "article_index_config" VALUES ('version', 4);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX versions_day ON versions(day);
CREATE INDEX quotes_version ON quotes(version);
CREATE INDEX quotes_speaker ON quotes(speaker_key);
CREATE INDEX facts_version ON facts(version);
CREATE INDEX facts_kind ON facts(kind, status);
CREATE INDEX dates_version ON dates(version);
CREATE INDEX names_version ON names(version);
CREATE INDEX names_key ON names(key);
CREATE INDEX words_term ON words(term);
CREATE INDEX inbox_state ON inbox(state, update_id);
CREATE INDEX outbox_state ON outbox(state, lane, id);
COMMIT;
