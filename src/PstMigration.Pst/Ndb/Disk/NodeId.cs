using System.Globalization;

namespace PstMigration.Pst;

/// <summary>A node id (NID; MS-PST 2.2.2.1): five bits of type, 27 bits of index.</summary>
/// <param name="Value">The 32-bit form.</param>
public readonly record struct NodeId(uint Value)
{
    /// <summary>The largest index a NID holds.</summary>
    public const uint MaxIndex = (1u << 27) - 1;

    /// <summary>The message store.</summary>
    public static readonly NodeId MessageStore = new(0x21);

    /// <summary>The map of named properties.</summary>
    public static readonly NodeId NameToIdMap = new(0x61);

    /// <summary>The root folder; its own parent.</summary>
    public static readonly NodeId RootFolder = new(0x122);

    /// <summary>The queue of changes that search folders have still to see.</summary>
    public static readonly NodeId SearchManagementQueue = new(0x1E1);

    /// <summary>The list of active search folders.</summary>
    public static readonly NodeId SearchActivityList = new(0x201);

    /// <summary>The list of folders under search.</summary>
    public static readonly NodeId SearchDomainObject = new(0x261);

    /// <summary>Template of hierarchy tables.</summary>
    public static readonly NodeId HierarchyTableTemplate = new(0x60D);

    /// <summary>Template of contents tables.</summary>
    public static readonly NodeId ContentsTableTemplate = new(0x60E);

    /// <summary>Template of FAI contents tables.</summary>
    public static readonly NodeId AssociatedContentsTableTemplate = new(0x60F);

    /// <summary>Template of search contents tables.</summary>
    public static readonly NodeId SearchContentsTableTemplate = new(0x610);

    /// <summary>The receive folder table.</summary>
    public static readonly NodeId ReceiveFolderTable = new(0x62B);

    /// <summary>The outgoing queue table.</summary>
    public static readonly NodeId OutgoingQueueTable = new(0x64C);

    /// <summary>A message's attachment table, and its template.</summary>
    public static readonly NodeId AttachmentTable = new(0x671);

    /// <summary>A message's recipient table, and its template.</summary>
    public static readonly NodeId RecipientTable = new(0x692);

    /// <summary>A NID of a type and an index.</summary>
    public NodeId(NodeIdType type, uint index)
        : this((index << 5) | (uint)type)
    {
    }

    /// <summary>What the node is.</summary>
    public NodeIdType Type => (NodeIdType)(Value & 0x1F);

    /// <summary>Its number within the type.</summary>
    public uint Index => Value >> 5;

    /// <summary>Whether this is NID 0, "none".</summary>
    public bool IsNone => Value == 0;

    /// <summary>The node of another type with the same index: a folder's tables, a search folder's criteria.</summary>
    public NodeId WithType(NodeIdType type) => new(type, Index);

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static NodeId Parse(string text) => TryParse(text, out NodeId id) ? id : throw new FormatException("Not a node id: " + text);

    /// <summary>Reads what <see cref="ToString"/> gives; false for anything else.</summary>
    public static bool TryParse(string? text, out NodeId id)
    {
        uint value = 0;
        bool isId = text is { Length: > 2 } && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        id = new NodeId(value);
        return isId;
    }

    /// <inheritdoc/>
    public override string ToString() => "0x" + Value.ToString("X8", CultureInfo.InvariantCulture);
}
