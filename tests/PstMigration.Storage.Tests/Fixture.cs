namespace PstMigration.Storage.Tests;

/// <summary>A folder for files of a small kind of database, with a ladder of two steps.</summary>
internal sealed class Fixture : IDisposable
{
    public const int ApplicationId = 0x54455354;

    public static readonly SqliteSchema Schema = new(ApplicationId, Tables, Contents);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "storage-" + Guid.NewGuid().ToString("N"));

    public Fixture() => Directory.CreateDirectory(Folder);

    public string FilePath => this["a.db"];

    public string this[string name] => Path.Combine(Folder, name);

    public static void Tables(SqliteDatabase database) => database.Execute(
        "CREATE TABLE item(number INTEGER PRIMARY KEY, id TEXT UNIQUE, value); CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID");

    public static void Contents(SqliteDatabase database) => database.Execute("INSERT INTO meta VALUES('name', 'first')");

    public SqliteDatabase Open(SqliteAccess access = SqliteAccess.Alone, SqliteSchema? schema = null) => SqliteDatabase.Open(FilePath, schema ?? Schema, access);

    /// <summary>Copies a database as it lies on the disk, which is what a killed process leaves.</summary>
    public string CopyAsKilled(string name)
    {
        foreach (string suffix in new[] { "", "-wal" })
        {
            if (File.Exists(FilePath + suffix))
            {
                using FileStream from = new(FilePath + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using FileStream to = File.Create(this[name] + suffix);
                from.CopyTo(to);
            }
        }

        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
