using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file somebody else may change while it is read.</summary>
internal interface IWatchedFile
{
    /// <summary>
    /// Whether the file is in another generation than the one given by the work of another process, so that what was free then may have been
    /// written to. What this process writes leaves alone whatever its readers need.
    /// </summary>
    bool WasChangedElsewhere(PstLayout layout, uint generation);
}
