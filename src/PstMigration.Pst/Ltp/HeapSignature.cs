namespace PstMigration.Pst.Ltp;

/// <summary>bClientSig of an HNHDR: what a heap holds ([MS-PST] 2.3.1.2). The others Outlook uses are its own.</summary>
internal enum HeapSignature : byte
{
    /// <summary>Table context.</summary>
    TableContext = 0x7C,

    /// <summary>Bare items without an index: values of a column of a contents table in 4K files.</summary>
    ColumnHeap = 0xA5,

    /// <summary>B-tree on heap.</summary>
    BTree = 0xB5,

    /// <summary>Property context.</summary>
    PropertyContext = 0xBC,
}
