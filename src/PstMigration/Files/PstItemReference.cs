using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// Where an item is: file, node, and the attachments it is embedded under; how it is found again where no folder lists it; and the blocks it
/// was made of when it was listed, so that another item in the same place is never taken for it. Whatever else is done to the file does no harm.
/// </summary>
internal sealed record PstItemReference(PstHandle Handle, string RecordKey, NodeId NodeId, string Version)
{
    /// <summary>How an item that no folder lists is found: what kind it is, the block it begins with, and the generation of the file, which may use that room again.</summary>
    internal (PstRecoveryKind Kind, ulong Block, long Generation)? Recovered { get; init; }

    /// <summary>Numbers of the attachments down to an embedded item; empty for an item of the file.</summary>
    internal IReadOnlyList<int> Embedding { get; init; } = [];

    /// <summary>The item embedded in one of its attachments.</summary>
    internal PstItemReference Embedded(int attachment) => this with { Embedding = [.. Embedding, attachment] };

    /// <summary>Reads something of the item.</summary>
    /// <param name="read">Takes the item, which can be used until it returns.</param>
    /// <exception cref="MailDataException">PstChanged, or what opening the file or the item throws.</exception>
    internal T Read<T>(Func<MapiItem, T> read)
    {
        using PstLease lease = Handle.Open();
        return OutOfMemory.Guard(() => read(OpenIn(lease.File)));
    }

    /// <summary>What the folder's table may tell of the item, from the item itself. For items that a folder lists.</summary>
    /// <exception cref="MailDataException">PstChanged, or what opening the file or the item throws.</exception>
    internal PstItemSummary Summarize()
    {
        // A file that others use is not looked at again: while it is listed this is asked of one item after the other.
        using PstLease lease = Handle.Open(checks: false);
        return IsOf(lease.File) ? lease.File.ReadSummary(NodeId) : throw FileErrors.Changed(Handle.Path);
    }

    /// <summary>Opens the item; it can be used until the lease is disposed.</summary>
    /// <exception cref="MailDataException">As of <see cref="Read"/>.</exception>
    internal PstLease Open(out MapiItem item)
    {
        PstLease lease = Handle.Open();
        try
        {
            item = OpenIn(lease.File);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private bool IsOf(PstFile file) => Hex.Lower(file.RecordKey.Span) == RecordKey
        && (Recovered is (_, _, long generation) ? file.Generation == generation : file.StampOf(NodeId) == Version);

    private MapiItem OpenIn(PstFile file)
    {
        if (!IsOf(file))
        {
            throw FileErrors.Changed(Handle.Path);
        }

        MapiItem item = Recovered is (PstRecoveryKind kind, ulong block, _)
            ? file.RecoverItems(kind).FirstOrDefault(r => r.Block == block)?.Open() ?? throw FileErrors.Changed(Handle.Path)
            : file.OpenItem(NodeId);
        foreach (int attachment in Embedding)
        {
            item = item.Attachments[attachment].OpenEmbedded();
        }

        return item;
    }
}
