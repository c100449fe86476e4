using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// Where an item is: file, node, and the attachments it is embedded under; how it is found again where no folder lists it; and what the
/// file was when it was listed, so that another item in the same place is never taken for it.
/// </summary>
internal sealed record PstItemReference(PstHandle Handle, string RecordKey, long Generation, NodeId NodeId)
{
    /// <summary>How an item that no folder lists is found: what kind it is, and the block it begins with.</summary>
    internal (PstRecoveryKind Kind, ulong Block)? Recovered { get; init; }

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
        using PstLease lease = Handle.Open();

        // A file that others use is not checked again: while it is listed this is asked of one item after the other.
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

    private bool IsOf(PstFile file) => file.Generation == Generation && Hex.Lower(file.RecordKey.Span) == RecordKey;

    private MapiItem OpenIn(PstFile file)
    {
        if (!IsOf(file) || !file.IsCurrent())
        {
            throw FileErrors.Changed(Handle.Path);
        }

        MapiItem item = Recovered is (PstRecoveryKind kind, ulong block)
            ? file.RecoverItems(kind).FirstOrDefault(r => r.Block == block)?.Open() ?? throw FileErrors.Changed(Handle.Path)
            : file.OpenItem(NodeId);
        foreach (int attachment in Embedding)
        {
            item = item.Attachments[attachment].OpenEmbedded();
        }

        return item;
    }
}
