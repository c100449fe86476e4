using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Something that was in a folder and is not any more.</summary>
internal sealed record GoneRow(long Number, long Generation, long ChangeNumber);

/// <summary>The order of changes, and what left which folder.</summary>
internal sealed class ChangeTable(SqliteDatabase database)
{
    private const int FolderKinds = 100;

    /// <summary>The kind of a folder in <c>gone</c>; items have their <see cref="ItemKind"/>.</summary>
    public static int FolderKind(ItemKind kind) => FolderKinds + (int)kind;

    /// <summary>The number of the last change.</summary>
    public long Current => database.Number("SELECT value FROM meta WHERE key = 'change'");

    /// <summary>The number of a new change.</summary>
    public long Next()
    {
        long next = Current + 1;
        database.Execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('change', @0)", next);
        return next;
    }

    /// <summary>Notes that something left a folder.</summary>
    public void AddGone(long number, long folder, int kind, long generation) => database.Execute(
        "INSERT INTO gone(number, folder, kind, generation, change_no) VALUES (@0, @1, @2, @3, @4)", number, folder, kind, generation, Next());

    /// <summary>What left a folder after a change, in order.</summary>
    public List<GoneRow> Gone(long folder, int kind, long after, int take) => database.Query(
        "SELECT number, generation, change_no FROM gone WHERE folder = @0 AND kind = @1 AND change_no > @2 ORDER BY change_no LIMIT @3",
        r => new GoneRow(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)),
        folder,
        kind,
        after,
        take);
}
