using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>The tables of a journal. Times are 100-ns ticks since the year 1, in UTC. Ids compare by their bytes.</summary>
internal static class JournalSchema
{
    /// <summary>"PMTJ".</summary>
    private const int ApplicationId = 0x504D544A;

    // What is said of many items (stores, folders, classes) stands in name once. An entry of item is an issue where somebody may want to look; there are few
    // of them among many, so they have an index of their own.
    private const string Tables = """
        CREATE TABLE plan(source TEXT NOT NULL, target TEXT NOT NULL, source_name TEXT NOT NULL, target_name TEXT NOT NULL, target_state TEXT, rebuilding INTEGER NOT NULL);

        CREATE TABLE run(
            number INTEGER PRIMARY KEY,
            options TEXT NOT NULL,
            started INTEGER NOT NULL,
            finished INTEGER,
            error_id TEXT,
            error TEXT);

        CREATE TABLE name(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        CREATE TABLE item(
            number INTEGER PRIMARY KEY,
            store INTEGER NOT NULL,
            id TEXT NOT NULL,
            run INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            folder INTEGER NOT NULL,
            fate TEXT NOT NULL,
            change TEXT,
            class INTEGER,
            version TEXT,
            marker TEXT,
            target_store INTEGER,
            target_id TEXT,
            reason_id TEXT,
            reason TEXT,
            subject TEXT,
            bytes INTEGER,
            losses INTEGER NOT NULL,
            issue INTEGER NOT NULL);
        CREATE UNIQUE INDEX item_key ON item(store, id);
        CREATE INDEX item_issue ON item(number) WHERE issue = 1;

        CREATE TABLE loss(item INTEGER NOT NULL, ord INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY(item, ord)) WITHOUT ROWID;

        CREATE TABLE made(target_id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE feed(folder TEXT PRIMARY KEY, place TEXT NOT NULL, options TEXT NOT NULL, state TEXT NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>The schema of a journal; a new one is of this plan.</summary>
    public static SqliteSchema For(TransferPlan plan) => new(ApplicationId, database =>
    {
        database.Execute(Tables);
        database.Execute(
            "INSERT INTO plan(source, target, source_name, target_name, rebuilding) VALUES (@0, @1, @2, @3, 0)",
            plan.Source,
            plan.Target,
            plan.SourceName,
            plan.TargetName);
    });
}
