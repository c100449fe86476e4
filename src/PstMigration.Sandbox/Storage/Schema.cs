using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>
/// The tables of a sandbox's file. Items are kept as a store keeps them, properties by tag: JSON and MIME are two views of that.
/// Times are FILETIMEs. <c>change_no</c> rises with every change in the mailbox; delta tokens are places in that order.
/// </summary>
internal static class Schema
{
    /// <summary>"PMSB", in the header of the file (PRAGMA application_id).</summary>
    public const int ApplicationId = 0x504D5342;

    private const string Tables = """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

        CREATE TABLE folder(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            parent INTEGER NOT NULL,
            name TEXT NOT NULL,
            well_known TEXT,
            class TEXT NOT NULL,
            hidden INTEGER NOT NULL,
            created_no INTEGER NOT NULL,
            change_no INTEGER NOT NULL);
        CREATE INDEX folder_parent ON folder(parent);
        CREATE UNIQUE INDEX folder_well_known ON folder(well_known) WHERE well_known IS NOT NULL;

        CREATE TABLE item(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            folder INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            flags INTEGER NOT NULL,
            received INTEGER,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            attachments INTEGER NOT NULL,
            visible_from INTEGER NOT NULL,
            arrived_no INTEGER NOT NULL,
            change_no INTEGER NOT NULL);
        CREATE INDEX item_received ON item(folder, kind, received);
        CREATE INDEX item_change ON item(folder, kind, change_no);

        CREATE TABLE property(
            item INTEGER NOT NULL,
            tag TEXT NOT NULL,
            ord INTEGER NOT NULL,
            type INTEGER NOT NULL,
            indexed INTEGER NOT NULL,
            value,
            PRIMARY KEY(item, tag, ord));
        CREATE INDEX property_value ON property(tag, value) WHERE indexed = 1;

        CREATE TABLE recipient(
            item INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            ord INTEGER NOT NULL,
            name TEXT,
            address TEXT,
            PRIMARY KEY(item, kind, ord)) WITHOUT ROWID;

        CREATE TABLE content(number INTEGER PRIMARY KEY AUTOINCREMENT, length INTEGER NOT NULL);
        CREATE TABLE chunk(content INTEGER NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(content, start));

        CREATE TABLE attachment(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            item INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            name TEXT,
            content_type TEXT,
            inline INTEGER NOT NULL,
            content_id TEXT,
            content_location TEXT,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            content INTEGER,
            embedded INTEGER);
        CREATE INDEX attachment_item ON attachment(item);

        CREATE TABLE photo(item INTEGER PRIMARY KEY, content_type TEXT NOT NULL, content INTEGER NOT NULL);

        CREATE TABLE upload(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            secret TEXT NOT NULL,
            item INTEGER NOT NULL,
            name TEXT,
            content_type TEXT,
            inline INTEGER NOT NULL,
            content_id TEXT,
            total INTEGER NOT NULL,
            received INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            content INTEGER NOT NULL);

        CREATE TABLE gone(
            number INTEGER NOT NULL,
            folder INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            change_no INTEGER NOT NULL);
        CREATE INDEX gone_change ON gone(folder, kind, change_no);
        """;

    private const string ImportTables = """
        CREATE TABLE import_session(secret TEXT PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID;
        ALTER TABLE recipient ADD COLUMN properties BLOB;
        ALTER TABLE attachment ADD COLUMN properties BLOB;
        """;

    /// <summary>A later step: sessions that import items, and what recipients and attachments of imported items have that no column holds.</summary>
    public static void AddImport(SqliteDatabase database) => database.Execute(ImportTables);

    /// <summary>The first step of a file: its tables.</summary>
    public static void CreateTables(SqliteDatabase database) => database.Execute(Tables);
}
