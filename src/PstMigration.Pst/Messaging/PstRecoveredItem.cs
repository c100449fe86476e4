using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>An item that no folder lists; see <see cref="PstFile.RecoverItems"/>.</summary>
public sealed class PstRecoveredItem
{
    private readonly Func<MapiItem> _open;

    internal PstRecoveredItem(PstRecoveryKind kind, NodeId id, NodeId folder, ulong block, string messageClass, string subject, Func<MapiItem> open)
    {
        Kind = kind;
        NodeId = id;
        Folder = folder;
        Block = block;
        MessageClass = messageClass;
        Subject = subject;
        _open = open;
    }

    /// <summary>Orphan or deleted.</summary>
    public PstRecoveryKind Kind { get; }

    /// <summary>Its node, which the file may have given to nothing else since; none for a fragment.</summary>
    public NodeId NodeId { get; }

    /// <summary>The block (BID) its data begins with: what names it within the file.</summary>
    public ulong Block { get; }

    /// <summary>The folder it was in; that may be gone, and of a fragment it is not known.</summary>
    public NodeId Folder { get; }

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get; }

    /// <summary>The subject as people see it.</summary>
    public string Subject { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="PstException">PstDamaged: part of it has been overwritten.</exception>
    public MapiItem Open() => _open();
}
