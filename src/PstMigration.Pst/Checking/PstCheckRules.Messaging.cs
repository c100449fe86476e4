namespace PstMigration.Pst;

// The messaging layer: store, folders, items; and the check itself.
public static partial class PstCheckRules
{
    /// <summary>The store, the name map and the root folder exist.</summary>
    public static readonly PstCheckRule RequiredNode = new("MSG-57", PstFindingSeverity.Error, "Store");

    /// <summary>The table templates exist.</summary>
    public static readonly PstCheckRule TemplateNode = new("MSG-57b", PstFindingSeverity.Warning, "Templates");

    /// <summary>The root folder is its own parent.</summary>
    public static readonly PstCheckRule RootParent = new("MSG-58", PstFindingSeverity.Error, "Hidden");

    /// <summary>The parent of a folder is a folder.</summary>
    public static readonly PstCheckRule FolderParent = new("MSG-59", PstFindingSeverity.Error, "Hidden");

    /// <summary>Every folder is below the root folder.</summary>
    public static readonly PstCheckRule FolderCycle = new("MSG-59b", PstFindingSeverity.Error, "Hidden");

    /// <summary>A folder with subfolders, items or FAI items has the table that lists them.</summary>
    public static readonly PstCheckRule FolderTables = new("MSG-60", PstFindingSeverity.Error, "Hidden");

    /// <summary>A folder has a hierarchy, a contents and an FAI contents table also where they would be empty.</summary>
    public static readonly PstCheckRule EmptyTables = new("MSG-60b", PstFindingSeverity.Warning, "Harmless");

    /// <summary>A search folder has an update queue, criteria and a contents table.</summary>
    public static readonly PstCheckRule SearchTables = new("MSG-61", PstFindingSeverity.Warning, "Search");

    /// <summary>The parent of an item is a folder.</summary>
    public static readonly PstCheckRule ItemFolder = new("MSG-62", PstFindingSeverity.Error, "Hidden");

    /// <summary>An item has exactly one row in its folder's contents or FAI table.</summary>
    public static readonly PstCheckRule ItemRow = new("MSG-62b", PstFindingSeverity.Error, "Hidden");

    /// <summary>A row of a contents or FAI table is an item of that folder.</summary>
    public static readonly PstCheckRule RowWithoutItem = new("MSG-62c", PstFindingSeverity.Error, "Rows");

    /// <summary>The parent of a node that is neither folder nor item is 0.</summary>
    public static readonly PstCheckRule ParentZero = new("MSG-63", PstFindingSeverity.Warning, "Harmless");

    /// <summary>A PST store has a record key of 16 bytes and the entry id of the IPM subtree; its entry ids lead to folders.</summary>
    public static readonly PstCheckRule StoreProperty = new("MSG-83", PstFindingSeverity.Error, "Store", formats: PstFormats.Small);

    /// <summary>A PST store has a display name, a folder mask, a password field, and entry ids of Deleted Items and the search root.</summary>
    public static readonly PstCheckRule StoreOptional = new("MSG-83b", PstFindingSeverity.Warning, "Harmless", formats: PstFormats.Small);

    /// <summary>An OST has a record key of 16 bytes, and the folder 0x2142 or the entry id of the IPM subtree.</summary>
    public static readonly PstCheckRule OstSubtree = new("MSG-83c", PstFindingSeverity.Error, "Store", formats: PstFormats.Wide);

    /// <summary>The streams of the name map are whole, numbered in order, with strings in their place.</summary>
    public static readonly PstCheckRule NameMap = new("MSG-84", PstFindingSeverity.Error, "Names");

    /// <summary>Every name is in the hash bucket its value gives.</summary>
    public static readonly PstCheckRule NameMapBucket = new("MSG-84b", PstFindingSeverity.Warning, "Names");

    /// <summary>The name map says how many buckets it has.</summary>
    public static readonly PstCheckRule NameMapBuckets = new("MSG-84c", PstFindingSeverity.Warning, "Harmless");

    /// <summary>Every property id from 0x8000 is in the name map.</summary>
    public static readonly PstCheckRule UnnamedProperty = new("MSG-85", PstFindingSeverity.Warning, "Names");

    /// <summary>What a folder says of its items, unread items and subfolders is what its tables say.</summary>
    public static readonly PstCheckRule FolderCount = new("MSG-86", PstFindingSeverity.Error, "Counters");

    /// <summary>The row of a folder in its parent repeats name, counts and class.</summary>
    public static readonly PstCheckRule FolderRowValue = new("MSG-86b", PstFindingSeverity.Warning, "Counters");

    /// <summary>A folder says how many items and unread items it has and whether it has subfolders.</summary>
    public static readonly PstCheckRule FolderUncounted = new("MSG-86c", PstFindingSeverity.Information, "Uncounted");

    /// <summary>A count that a folder does not give is 0.</summary>
    public static readonly PstCheckRule FolderCountAbsent = new("MSG-86d", PstFindingSeverity.Warning, "Counters");

    /// <summary>Every folder but the root has exactly one row in its parent's hierarchy table, and every row is a folder.</summary>
    public static readonly PstCheckRule FolderRow = new("MSG-87", PstFindingSeverity.Error, "Hidden");

    /// <summary>A row of a hierarchy table is a subfolder of that folder.</summary>
    public static readonly PstCheckRule RowWithoutFolder = new("MSG-87b", PstFindingSeverity.Error, "Rows");

    /// <summary>The row of an item repeats the values of the item.</summary>
    public static readonly PstCheckRule RowValue = new("MSG-88", PstFindingSeverity.Warning, "Counters");

    /// <summary>The row of an item repeats its size.</summary>
    public static readonly PstCheckRule RowSize = new("MSG-88b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>An item has a message class.</summary>
    public static readonly PstCheckRule MessageClass = new("MSG-89", PstFindingSeverity.Error, "Hidden");

    /// <summary>0x0E08 is the number of data bytes of the item and its subnodes.</summary>
    public static readonly PstCheckRule MessageSize = new("MSG-89b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>An item has flags, size, creation and modification time and search key.</summary>
    public static readonly PstCheckRule ItemProperties = new("MSG-89c", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>The attachment flag says whether there are attachments.</summary>
    public static readonly PstCheckRule AttachFlag = new("MSG-90", PstFindingSeverity.Warning, "Counters");

    /// <summary>The rows of the attachment table are the attachments.</summary>
    public static readonly PstCheckRule AttachmentRow = new("MSG-90b", PstFindingSeverity.Error, "Attachment");

    /// <summary>The type of a recipient is 0 to 3.</summary>
    public static readonly PstCheckRule RecipientType = new("MSG-91", PstFindingSeverity.Warning, "ValueLost");

    /// <summary>DisplayTo, DisplayCc and DisplayBcc name the recipients.</summary>
    public static readonly PstCheckRule RecipientNames = new("MSG-91b", PstFindingSeverity.Information, "Strict");

    /// <summary>The method of an attachment suits its data.</summary>
    public static readonly PstCheckRule AttachMethod = new("MSG-92", PstFindingSeverity.Warning, "Attachment");

    /// <summary>An attachment with data has a method.</summary>
    public static readonly PstCheckRule AttachMethodAbsent = new("MSG-92b", PstFindingSeverity.Error, "Attachment");

    /// <summary>An embedded item can be found.</summary>
    public static readonly PstCheckRule EmbeddedItem = new("MSG-93", PstFindingSeverity.Error, "Attachment");

    /// <summary>The size of an embedded object is its number of data bytes.</summary>
    public static readonly PstCheckRule EmbeddedSize = new("MSG-93b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>The folders a search folder searches exist.</summary>
    public static readonly PstCheckRule SearchScope = new("MSG-94", PstFindingSeverity.Warning, "Search");

    /// <summary>The file can be checked with bounded effort.</summary>
    public static readonly PstCheckRule LimitReached = new("CHK-1", PstFindingSeverity.Warning, "Unchecked");
}
