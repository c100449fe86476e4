namespace PstMigration.Storage;

/// <summary>
/// What a kind of database file is known by, and the ladder that brings one to the present version. The version, kept as
/// <c>PRAGMA user_version</c>, counts the steps that were made; a new file has made none. All steps that are wanting are
/// made in one transaction, so that a file is never found between two of them.
/// </summary>
/// <param name="applicationId">Tells this kind of file from others: <c>PRAGMA application_id</c>, four characters by custom. Not 0.</param>
/// <param name="steps">Each brings a file of the version before it to its own. Steps are added, never changed.</param>
public sealed class SqliteSchema(int applicationId, params Action<SqliteDatabase>[] steps)
{
    /// <summary>The kind of file.</summary>
    public int ApplicationId { get; } = applicationId;

    /// <summary>The steps, from version 0 on.</summary>
    public IReadOnlyList<Action<SqliteDatabase>> Steps { get; } = steps;

    /// <summary>The version of a file that has made all steps.</summary>
    public int Version => Steps.Count;
}
