namespace PstMigration.Pst;

// The LTP layer: heaps, property and table contexts.
public static partial class PstCheckRules
{
    /// <summary>A heap starts with a known signature; its page maps are at even offsets inside their blocks.</summary>
    public static readonly PstCheckRule HeapHeader = new("LTP-64", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The items of a heap block follow each other from the header to the page map.</summary>
    public static readonly PstCheckRule HeapMap = new("LTP-65", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>No heap item has more than 3580 bytes.</summary>
    public static readonly PstCheckRule HeapItemLength = new("LTP-65b", PstFindingSeverity.Warning, "ValueLost", formats: PstFormats.Small);

    /// <summary>cFree is the number of empty items of a heap block.</summary>
    public static readonly PstCheckRule FreeCount = new("LTP-66", PstFindingSeverity.Warning, "Harmless");

    /// <summary>The last heap block ends with its page map.</summary>
    public static readonly PstCheckRule HeapEnd = new("LTP-67", PstFindingSeverity.Warning, "Harmless");

    /// <summary>Every heap item that is referred to exists.</summary>
    public static readonly PstCheckRule HeapItemMissing = new("LTP-68", PstFindingSeverity.Error, "ValueLost");

    /// <summary>No heap item is used twice.</summary>
    public static readonly PstCheckRule HeapItemTwice = new("LTP-68b", PstFindingSeverity.Error, "ValueLost");

    /// <summary>Every heap item is used.</summary>
    public static readonly PstCheckRule HeapLeak = new("LTP-68c", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>Every subnode that is referred to exists.</summary>
    public static readonly PstCheckRule SubnodeMissing = new("LTP-69", PstFindingSeverity.Error, "ValueLost");

    /// <summary>Every subnode of type 0x1F is used exactly once.</summary>
    public static readonly PstCheckRule SubnodeUse = new("LTP-69b", PstFindingSeverity.Warning, "SpaceLost");

    /// <summary>A BTH has the header its use asks for.</summary>
    public static readonly PstCheckRule TreeHeader = new("LTP-70", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The keys of a BTH ascend strictly.</summary>
    public static readonly PstCheckRule TreeKeys = new("LTP-71", PstFindingSeverity.Error, "ValueLost");

    /// <summary>The items of a BTH hold whole records, on as many levels as the header says.</summary>
    public static readonly PstCheckRule TreeShape = new("LTP-71b", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The type of a property is known.</summary>
    public static readonly PstCheckRule PropertyKind = new("LTP-72", PstFindingSeverity.Warning, "ValueLost");

    /// <summary>Bytes an inline value does not use are 0.</summary>
    public static readonly PstCheckRule InlineValue = new("LTP-72b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>A Unicode string has an even number of bytes.</summary>
    public static readonly PstCheckRule TextLength = new("LTP-73", PstFindingSeverity.Error, "ValueLost");

    /// <summary>A string has no terminator.</summary>
    public static readonly PstCheckRule TextTerminator = new("LTP-73b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>The values of a multi-valued property are in its data, in order.</summary>
    public static readonly PstCheckRule MultiValue = new("LTP-74", PstFindingSeverity.Error, "ValueLost");

    /// <summary>An object value has 8 bytes and names a subnode.</summary>
    public static readonly PstCheckRule ObjectValue = new("LTP-75", PstFindingSeverity.Error, "Attachment");

    /// <summary>A value of a fixed size has that size.</summary>
    public static readonly PstCheckRule ValueLength = new("LTP-75b", PstFindingSeverity.Error, "ValueLost");

    /// <summary>A property of a fixed size has a value.</summary>
    public static readonly PstCheckRule ValueAbsent = new("LTP-75c", PstFindingSeverity.Warning, "ValueLost");

    /// <summary>TCINFO has type 0x7C, all its columns, and ends of cells that ascend.</summary>
    public static readonly PstCheckRule TableHeaderShape = new("LTP-76", PstFindingSeverity.Error, "Rows");

    /// <summary>Columns occur once, tile the row by size, and have one existence bit each.</summary>
    public static readonly PstCheckRule Columns = new("LTP-77", PstFindingSeverity.Error, "Rows");

    /// <summary>Columns ascend by tag.</summary>
    public static readonly PstCheckRule ColumnOrder = new("LTP-77b", PstFindingSeverity.Warning, "Harmless");

    /// <summary>The columns 0x67F20003 and 0x67F30003 stand at 0 and 4 with bits 0 and 1.</summary>
    public static readonly PstCheckRule RowIdColumns = new("LTP-78", PstFindingSeverity.Error, "Rows");

    /// <summary>The row index names each row of the matrix once.</summary>
    public static readonly PstCheckRule RowCount = new("LTP-79", PstFindingSeverity.Error, "Rows");

    /// <summary>A row starts with the id the row index gives it.</summary>
    public static readonly PstCheckRule RowId = new("LTP-80", PstFindingSeverity.Error, "Rows");

    /// <summary>Row id and row version exist in every row.</summary>
    public static readonly PstCheckRule RowBits = new("LTP-80b", PstFindingSeverity.Error, "Rows");

    /// <summary>The row matrix is a heap item or a subnode of whole rows that do not span blocks.</summary>
    public static readonly PstCheckRule Matrix = new("LTP-81", PstFindingSeverity.Error, "Rows");

    /// <summary>The cells of a row refer to existing items of the right size.</summary>
    public static readonly PstCheckRule Cell = new("LTP-82", PstFindingSeverity.Error, "ValueLost");

    /// <summary>Every node can be read.</summary>
    public static readonly PstCheckRule NodeUnreadable = new("LTP-100", PstFindingSeverity.Error, "DataDamaged");
}
