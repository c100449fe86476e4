namespace PstMigration.Mapi;

/// <summary>A source that can let go of an item that is kept elsewhere by now.</summary>
public interface ISourceRemover
{
    /// <summary>Whether it can let go of the items of a folder so that they can be recovered, and without telling others, as of a meeting that is deleted.</summary>
    bool CanRemove(SourceFolder folder);

    /// <summary>
    /// Puts an item where people do not see it any more and can still recover it, unless it was changed or moved since it was listed. Any thread, several at once. Done twice it does no harm.
    /// </summary>
    /// <param name="folder">The folder it was listed in, of those for which <see cref="CanRemove"/>.</param>
    /// <param name="key">The item.</param>
    /// <param name="version">Its version as it was listed: any other one stays.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">It cannot be looked at or moved.</exception>
    Task<SourceRemoval> RemoveAsync(SourceFolder folder, ItemKey key, ItemVersion version, CancellationToken cancellationToken);
}

/// <summary>What became of an item that was to be let go of.</summary>
public enum SourceRemoval
{
    /// <summary>It is among what can be recovered.</summary>
    Removed,

    /// <summary>It stays: it was not carried whole.</summary>
    NotWhole,

    /// <summary>It stays: reading the target again did not find it just as it is.</summary>
    NotVerified,

    /// <summary>It stays: it was changed or moved meanwhile, or is gone.</summary>
    Changed,

    /// <summary>It stays: see <see cref="ISourceRemover.CanRemove"/>.</summary>
    NotRecoverable,

    /// <summary>It stays: something went wrong.</summary>
    Failed,
}
