using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>
/// Tells damage from change. A reader goes by the trees of the generation it opened. Another process that writes the file reuses only what
/// was free in a generation before, ids are never used twice, and every page and block is checked against its id: what is not the reader's
/// any more fails its check. So before anything is called damaged the header is looked at again.
/// </summary>
internal sealed class ChangeWatch(IFileBytes file, string name, PstLayout layout, uint generation)
{
    /// <summary>Throws if the file has moved on.</summary>
    /// <exception cref="PstException">PstChanged.</exception>
    public void ThrowIfChanged()
    {
        if (file is IWatchedFile watched && watched.WasChangedElsewhere(layout, generation))
        {
            throw PstException.Changed(name);
        }
    }
}
