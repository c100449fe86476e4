namespace PstMigration.Pst;

// The NDB layer: header, pages, trees, maps, blocks.
public static partial class PstCheckRules
{
    /// <summary>The file starts with "!BDN".</summary>
    public static readonly PstCheckRule HeaderMagic = new("NDB-01", PstFindingSeverity.Error, "Refused");

    /// <summary>wMagicClient is SM, SO or AB.</summary>
    public static readonly PstCheckRule ClientMagic = new("NDB-02", PstFindingSeverity.Error, "Refused");

    /// <summary>wVer is 14, 15, 23 or 36.</summary>
    public static readonly PstCheckRule Version = new("NDB-03", PstFindingSeverity.Warning, "Refused");

    /// <summary>wVerClient is 19 in a PST, 12 in an OST.</summary>
    public static readonly PstCheckRule ClientVersion = new("NDB-04", PstFindingSeverity.Error, "Refused");

    /// <summary>bPlatformCreate and bPlatformAccess are 1.</summary>
    public static readonly PstCheckRule Platform = new("NDB-05", PstFindingSeverity.Warning, "Refused");

    /// <summary>dwCRCPartial is the checksum of the 471 bytes at 8.</summary>
    public static readonly PstCheckRule HeaderPartialCrc = new("NDB-06", PstFindingSeverity.Error, "Refused");

    /// <summary>dwCRCFull is the checksum of the 516 bytes at 8.</summary>
    public static readonly PstCheckRule HeaderFullCrc = new("NDB-07", PstFindingSeverity.Error, "Refused", formats: PstFormats.Wide);

    /// <summary>bSentinel is 0x80.</summary>
    public static readonly PstCheckRule Sentinel = new("NDB-08", PstFindingSeverity.Error, "Refused");

    /// <summary>bCryptMethod is 0, 1 or 2.</summary>
    public static readonly PstCheckRule Encoding = new("NDB-09", PstFindingSeverity.Error, "Refused");

    /// <summary>rgbReserved is 0.</summary>
    public static readonly PstCheckRule HeaderReserved = new("NDB-10", PstFindingSeverity.Warning, "Refused");

    /// <summary>dwAlign is 0.</summary>
    public static readonly PstCheckRule HeaderAlign = new("NDB-11", PstFindingSeverity.Warning, "Refused", formats: PstFormats.Wide);

    /// <summary>ibFileEof is in the file, and behind everything the trees use.</summary>
    public static readonly PstCheckRule FileLength = new("NDB-12", PstFindingSeverity.Error, "TreeLost");

    /// <summary>Behind ibFileEof is no room that a writer made and did not come to use.</summary>
    public static readonly PstCheckRule LeftRoom = new("NDB-12b", PstFindingSeverity.Warning, "LeftRoom");

    /// <summary>Behind ibFileEof is nothing that no writer put there.</summary>
    public static readonly PstCheckRule ForeignTail = new("NDB-12c", PstFindingSeverity.Error, "ForeignTail");

    /// <summary>The file is a whole number of regions long.</summary>
    public static readonly PstCheckRule RegionSize = new("NDB-13", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>ibAMapLast is the offset of the last AMap page.</summary>
    public static readonly PstCheckRule LastAMap = new("NDB-14", PstFindingSeverity.Error, "Overwrite");

    /// <summary>fAMapValid is not 0.</summary>
    public static readonly PstCheckRule AMapsInvalid = new("NDB-15", PstFindingSeverity.Warning, "Interrupted");

    /// <summary>fAMapValid is 0, 1 or 2.</summary>
    public static readonly PstCheckRule AMapValidity = new("NDB-15b", PstFindingSeverity.Error, "Interrupted");

    /// <summary>fAMapValid is 2.</summary>
    public static readonly PstCheckRule AMapLegacy = new("NDB-15c", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>cbAMapFree is the number of bytes free in all AMaps.</summary>
    public static readonly PstCheckRule FreeBytes = new("NDB-16", PstFindingSeverity.Warning, "Harmless");

    /// <summary>cbPMapFree is 0, or the bytes allocated in AMaps but not used.</summary>
    public static readonly PstCheckRule PageMapFree = new("NDB-17", PstFindingSeverity.Warning, "Harmless", formats: PstFormats.Small);

    /// <summary>cbPMapFree is 0.</summary>
    public static readonly PstCheckRule PageMapUsed = new("NDB-17b", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>BREFNBT and BREFBBT are in the file, past the header.</summary>
    public static readonly PstCheckRule RootReference = new("NDB-18", PstFindingSeverity.Error, "TreeLost");

    /// <summary>bidNextB is a multiple of 4 and above every BID in the BBT.</summary>
    public static readonly PstCheckRule NextBlock = new("NDB-19", PstFindingSeverity.Error, "Collision");

    /// <summary>bidNextP is above the id of every B-tree page.</summary>
    public static readonly PstCheckRule NextPage = new("NDB-20", PstFindingSeverity.Error, "Collision");

    /// <summary>rgnid of a NID type is at least the highest index in use.</summary>
    public static readonly PstCheckRule NodeCounter = new("NDB-21", PstFindingSeverity.Error, "Collision");

    /// <summary>rgbFM and rgbFP are 0xFF (4K: 0x00).</summary>
    public static readonly PstCheckRule FreeMapBytes = new("NDB-22", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>ptype of a page is what its place asks for, and equals ptypeRepeat.</summary>
    public static readonly PstCheckRule PageType = new("NDB-23", PstFindingSeverity.Error, "TreeLost");

    /// <summary>The checksum of a page matches its bytes.</summary>
    public static readonly PstCheckRule PageCrc = new("NDB-24", PstFindingSeverity.Error, "TreeLost");

    /// <summary>wSig of a B-tree page follows from offset and id; of a map page it is 0.</summary>
    public static readonly PstCheckRule PageSignature = new("NDB-25", PstFindingSeverity.Error, "TreeLost");

    /// <summary>The id in the trailer of an AMap page is its offset.</summary>
    public static readonly PstCheckRule MapPageId = new("NDB-26", PstFindingSeverity.Error, "Overwrite");

    /// <summary>An AMap page stands at the start of every region.</summary>
    public static readonly PstCheckRule AMapMissing = new("NDB-27", PstFindingSeverity.Error, "Overwrite");

    /// <summary>A sound PMap page follows the AMap of every 8th region.</summary>
    public static readonly PstCheckRule PageMap = new("NDB-28", PstFindingSeverity.Warning, "Harmless", formats: PstFormats.Small);

    /// <summary>Sound FMap and FPMap pages stand at their places.</summary>
    public static readonly PstCheckRule FreeMap = new("NDB-29", PstFindingSeverity.Warning, "Harmless", formats: PstFormats.Small);

    /// <summary>The AMap bits of the map pages themselves are set.</summary>
    public static readonly PstCheckRule ReservedBits = new("NDB-30", PstFindingSeverity.Error, "Overwrite");

    /// <summary>The AMap bits of every B-tree page and block are set.</summary>
    public static readonly PstCheckRule UsedNotAllocated = new("NDB-31", PstFindingSeverity.Error, "Overwrite");

    /// <summary>No AMap bit is set for space nothing uses (cbPMapFree 0).</summary>
    public static readonly PstCheckRule AllocatedNotUsed = new("NDB-32", PstFindingSeverity.Warning, "SpaceLost");

    /// <summary>No two pages or blocks share bytes.</summary>
    public static readonly PstCheckRule Overlap = new("NDB-33", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>No page or block crosses a region boundary or stands on a map page.</summary>
    public static readonly PstCheckRule CrossesRegion = new("NDB-33b", PstFindingSeverity.Error, "Overwrite");

    /// <summary>AMap bits beyond the end of the file are set.</summary>
    public static readonly PstCheckRule BeyondEof = new("NDB-34", PstFindingSeverity.Warning, "Harmless");

    /// <summary>The id in the trailer of a B-tree page is the one that refers to it.</summary>
    public static readonly PstCheckRule PageId = new("NDB-35", PstFindingSeverity.Error, "TreeLost");

    /// <summary>Every B-tree page has an id of its own and one place in one tree.</summary>
    public static readonly PstCheckRule PageTwice = new("NDB-36", PstFindingSeverity.Error, "TreeLost");

    /// <summary>cLevel falls by one with every step down a B-tree.</summary>
    public static readonly PstCheckRule PageLevel = new("NDB-37", PstFindingSeverity.Error, "TreeLost");

    /// <summary>Keys ascend strictly within a page and across a tree.</summary>
    public static readonly PstCheckRule KeyOrder = new("NDB-38", PstFindingSeverity.Error, "TreeLost");

    /// <summary>The key of an intermediate entry is the first key of its child.</summary>
    public static readonly PstCheckRule BranchKey = new("NDB-39", PstFindingSeverity.Error, "TreeLost");

    /// <summary>cEnt, cEntMax and cbEnt are what the format prescribes.</summary>
    public static readonly PstCheckRule PageCounts = new("NDB-40", PstFindingSeverity.Error, "TreeLost");

    /// <summary>The unused entry space of a B-tree page is 0.</summary>
    public static readonly PstCheckRule StaleEntries = new("NDB-41", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);

    /// <summary>The high half of a NID in the NBT is 0.</summary>
    public static readonly PstCheckRule NodeIdHigh = new("NDB-42", PstFindingSeverity.Error, "Refused", formats: PstFormats.Wide);

    /// <summary>Every block a node refers to is in the BBT.</summary>
    public static readonly PstCheckRule NodeBlockMissing = new("NDB-43", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>Every block an internal block refers to is in the BBT.</summary>
    public static readonly PstCheckRule ChildBlockMissing = new("NDB-43b", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>A block is aligned and is in the file.</summary>
    public static readonly PstCheckRule BlockPlace = new("NDB-44", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>A block holds 1 to 8176 bytes (ANSI 8180, 4K 65512), no more than when inflated.</summary>
    public static readonly PstCheckRule BlockSize = new("NDB-45", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>cRef is 1 + the number of references.</summary>
    public static readonly PstCheckRule ReferenceCount = new("NDB-46", PstFindingSeverity.Error, "Overwrite");

    /// <summary>Something refers to every block (or its cRef is 1).</summary>
    public static readonly PstCheckRule Unreferenced = new("NDB-47", PstFindingSeverity.Warning, "SpaceLost");

    /// <summary>No block waits to be deleted.</summary>
    public static readonly PstCheckRule PendingDelete = new("NDB-47b", PstFindingSeverity.Information, "SpaceLost", PstRuleScope.OurWriter);

    /// <summary>The trailer of a block repeats size and id of the BBT.</summary>
    public static readonly PstCheckRule TrailerMismatch = new("NDB-48", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The word at 16 of a block trailer is 2.</summary>
    public static readonly PstCheckRule TrailerMarker = new("NDB-48b", PstFindingSeverity.Warning, "Harmless", formats: PstFormats.Only4K);

    /// <summary>wSig of a block follows from its offset and id.</summary>
    public static readonly PstCheckRule BlockSignature = new("NDB-49", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The checksum of a block matches its stored bytes.</summary>
    public static readonly PstCheckRule BlockCrc = new("NDB-50", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>An internal block is an XBLOCK, XXBLOCK, SLBLOCK or SIBLOCK, and is used as what it is.</summary>
    public static readonly PstCheckRule BlockKind = new("NDB-51", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>XBLOCKs hold data blocks, XXBLOCKs hold XBLOCKs.</summary>
    public static readonly PstCheckRule TreeLevel = new("NDB-52", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>lcbTotal is the sum of the data below.</summary>
    public static readonly PstCheckRule TotalLength = new("NDB-53", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>All data blocks of a tree but the last are full.</summary>
    public static readonly PstCheckRule LeafNotFull = new("NDB-54", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>All XBLOCKs of an XXBLOCK but the last are full.</summary>
    public static readonly PstCheckRule ChildNotFull = new("NDB-54b", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>A tree of data holds no more than the file has room for; more does one that names the same blocks over and over.</summary>
    public static readonly PstCheckRule TreeTooLong = new("NDB-54c", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>Subnodes ascend by NID, each once.</summary>
    public static readonly PstCheckRule SubnodeOrder = new("NDB-55", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>An SIBLOCK holds SLBLOCKs, and its keys are their first NIDs.</summary>
    public static readonly PstCheckRule SubnodeLevel = new("NDB-55b", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>dwPadding of an SLBLOCK or SIBLOCK is 0.</summary>
    public static readonly PstCheckRule SubnodePadding = new("NDB-55c", PstFindingSeverity.Warning, "ValueLost", formats: PstFormats.Wide);

    /// <summary>Subnodes nest without end nowhere.</summary>
    public static readonly PstCheckRule SubnodeCycle = new("NDB-55d", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>cEnt of an internal block agrees with its size.</summary>
    public static readonly PstCheckRule EntryCount = new("NDB-56", PstFindingSeverity.Error, "DataDamaged");

    /// <summary>The density list page is sound, or empty.</summary>
    public static readonly PstCheckRule DensityList = new("NDB-95", PstFindingSeverity.Warning, "Harmless");

    /// <summary>Every B-tree page is aligned and is in the file.</summary>
    public static readonly PstCheckRule PageOutside = new("NDB-96", PstFindingSeverity.Error, "TreeLost");

    /// <summary>Neither B-tree is empty.</summary>
    public static readonly PstCheckRule TreeEmpty = new("NDB-97", PstFindingSeverity.Error, "TreeLost");

    /// <summary>A compressed block inflates to the size the BBT gives.</summary>
    public static readonly PstCheckRule BadCompression = new("NDB-98", PstFindingSeverity.Error, "DataDamaged", formats: PstFormats.Only4K);

    /// <summary>The padding of a block is 0.</summary>
    public static readonly PstCheckRule BlockPadding = new("NDB-99", PstFindingSeverity.Warning, "Strict", PstRuleScope.OurWriter);
}
