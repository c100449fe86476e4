using System.Diagnostics.CodeAnalysis;

namespace PstMigration.Pst;

/// <summary>The low five bits of a <see cref="NodeId"/> ([MS-PST] 2.2.2.1; 0x14 to 0x19 are undocumented).</summary>
[SuppressMessage("Design", "CA1028", Justification = "A NID is an unsigned number.")]
public enum NodeIdType : uint
{
    /// <summary>Not a node: an item of the heap.</summary>
    HeapItem = 0x00,

    /// <summary>A special node.</summary>
    Internal = 0x01,

    /// <summary>A folder.</summary>
    NormalFolder = 0x02,

    /// <summary>A search folder.</summary>
    SearchFolder = 0x03,

    /// <summary>An item.</summary>
    NormalMessage = 0x04,

    /// <summary>An attachment, subnode of a message.</summary>
    Attachment = 0x05,

    /// <summary>The update queue of a search folder.</summary>
    SearchUpdateQueue = 0x06,

    /// <summary>The criteria of a search folder.</summary>
    SearchCriteria = 0x07,

    /// <summary>A folder-associated (FAI) item.</summary>
    AssociatedMessage = 0x08,

    /// <summary>Internal view data.</summary>
    ContentsTableIndex = 0x0A,

    /// <summary>The receive folder table.</summary>
    ReceiveFolderTable = 0x0B,

    /// <summary>The outgoing queue table.</summary>
    OutgoingQueueTable = 0x0C,

    /// <summary>A folder's table of folders.</summary>
    HierarchyTable = 0x0D,

    /// <summary>A folder's table of items.</summary>
    ContentsTable = 0x0E,

    /// <summary>A folder's table of FAI items.</summary>
    AssociatedContentsTable = 0x0F,

    /// <summary>A search folder's table of items.</summary>
    SearchContentsTable = 0x10,

    /// <summary>A message's table of attachments.</summary>
    AttachmentTable = 0x11,

    /// <summary>A message's table of recipients.</summary>
    RecipientTable = 0x12,

    /// <summary>Internal view data.</summary>
    SearchTableIndex = 0x13,

    /// <summary>A subnode that holds a value or a row matrix too large for its heap.</summary>
    Ltp = 0x1F,
}
