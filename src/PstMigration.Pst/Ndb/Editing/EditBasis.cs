using PstMigration.Pst.Checking;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// What edits of a file rely on, as the checker found it: both B-trees with their levels and key ranges, that each page and block has its
/// room to itself, and the reference counts. What is in the data of items is not looked at: damage there stays
/// where it is.
/// </summary>
internal sealed class EditBasis
{
    // An id beyond half of all is the work of damage; going by it would leave none for new items.
    private const uint MaxEmbedded = NodeId.MaxIndex / 2;

    private const ulong MaxNext = 1UL << 60;

    // One finding of a rule says all there is to say: the file is refused.
    private static readonly PstCheckOptions s_options = new() { MaxFindingsPerRule = 1 };

    // Counters that are too low are put right from the trees. How long data is and in which order subnodes stand is the matter of one item.
    private static readonly HashSet<PstCheckRule> s_tolerated =
    [
        PstCheckRules.NextBlock,
        PstCheckRules.NextPage,
        PstCheckRules.NodeCounter,
        PstCheckRules.TreeLevel,
        PstCheckRules.TotalLength,
        PstCheckRules.LeafNotFull,
        PstCheckRules.ChildNotFull,
        PstCheckRules.SubnodeOrder,
        PstCheckRules.SubnodeLevel,
    ];

    private readonly CheckContext _context;
    private readonly List<BlockId> _dead = [];

    private EditBasis(IFileBytes file, PstHeader header, PstLayout layout, CancellationToken cancellation)
    {
        _context = new CheckContext(
            new FilePrefix(file, header.Root.FileLength), header, layout, s_options, progress: null, TimeProvider.System, cancellation);
    }

    /// <summary>Why the file must not be written to; null where it may.</summary>
    public PstFinding? Fault { get; private set; }

    /// <summary>Which room pages and blocks take.</summary>
    public SpaceMap Used { get; private set; } = null!;

    /// <summary>The id a block may get next by the BBT.</summary>
    public BlockId NextBlock { get; private set; }

    /// <summary>The id a page may get next by both trees.</summary>
    public BlockId NextPage { get; private set; }

    /// <summary>
    /// The highest index in use of each NID type. Items in items count, too: some readers look for them by their ids among the nodes first, and
    /// would show a new item in their place.
    /// </summary>
    public uint[] NodeCounters { get; private set; } = [];

    /// <summary>Blocks that wait to be deleted: cRef is 1, and nothing refers to them. What they refer to still counts them ([MS-PST] 2.2.2.7.7.3).</summary>
    public IReadOnlyList<BlockId> Dead => _dead;

    /// <summary>Whether ids count on from a number without end; damage can make it so large that they would not.</summary>
    public static bool IsPlausible(BlockId next) => next.Value <= MaxNext;

    /// <summary>A header whose counters are not behind what is in use, nor beyond what can be.</summary>
    public PstHeader PutRight(PstHeader header)
    {
        uint[] counters = new NodeCounters().ToArray();
        for (int i = 0; i < counters.Length; i++)
        {
            bool isPlausible = header.NodeCounters[i] <= NodeId.MaxIndex;
            counters[i] = Math.Max(isPlausible ? header.NodeCounters[i] : counters[i], NodeCounters[i]);
        }

        ulong block = IsPlausible(header.NextBlock) ? (header.NextBlock.Value + BlockId.Step - 1) / BlockId.Step * BlockId.Step : 0;
        ulong page = IsPlausible(header.NextPage) ? header.NextPage.Value : 0;
        return header with
        {
            NextBlock = new BlockId(Math.Max(block, NextBlock.Value)),
            NextPage = new BlockId(Math.Max(page, NextPage.Value)),
            NodeCounters = counters,
        };
    }

    /// <summary>Verifies the committed state of a file, which must not be overwritten meanwhile; maps may be. Any thread.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EditBasis Verify(IFileBytes file, PstHeader header, PstLayout layout, CancellationToken cancellation)
    {
        EditBasis basis = new(file, header, layout, cancellation);
        try
        {
            basis.Verify();
        }
        catch (CheckStoppedException)
        {
            basis.GiveUp("file");
        }

        return basis;
    }

    private void Verify()
    {
        NdbCheck trees = new(_context);
        Exhaust(trees.Run());
        Used = trees.Space;
        NodeCounters = trees.Nodes.HighestIndexes();
        NextPage = new BlockId(trees.HighestPage + 1);
        ulong highest = trees.Blocks.Count == 0 ? 0 : trees.Blocks[trees.Blocks.Count - 1].Id;
        NextBlock = new BlockId((highest / BlockId.Step * BlockId.Step) + BlockId.Step);
        if (TryTakeFault())
        {
            return;
        }

        InternalBlockCheck references = new(_context, trees.Blocks, new BlockSource(_context, trees.Blocks, verifies: true));
        Exhaust(references.Run());
        if (TryTakeFault())
        {
            return;
        }

        if (!references.IsComplete)
        {
            GiveUp("internal blocks");
            return;
        }

        ref uint items = ref NodeCounters[(int)NodeIdType.NormalMessage];
        items = Math.Max(items, references.HighestEmbedded <= MaxEmbedded ? references.HighestEmbedded : 0);
        CompareCounts(trees.Blocks);
    }

    // What nothing refers to only takes room, whatever it counts.
    private void CompareCounts(BlockTable blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            ref BlockTable.Row block = ref blocks[i];
            if (block.References > 0 && block.References + 1 != block.CountedReferences)
            {
                _context.Report(
                    PstCheckRules.ReferenceCount, block.Offset, "block " + block.BlockId, block.CountedReferences, block.References + 1);
                TryTakeFault();
                return;
            }

            if (block.References == 0 && block.CountedReferences == 1)
            {
                _dead.Add(block.BlockId);
            }
        }
    }

    private static void Exhaust(IEnumerable<Pause> steps)
    {
        foreach (Pause step in steps)
        {
        }
    }

    private void GiveUp(string structure)
    {
        _context.Report(PstCheckRules.LimitReached, null, structure);
        TryTakeFault();
    }

    private bool TryTakeFault()
    {
        while (_context.TryTake(out PstFinding finding))
        {
            bool isFault = finding.Rule == PstCheckRules.LimitReached
                || (finding.Severity == PstFindingSeverity.Error && !s_tolerated.Contains(finding.Rule));
            Fault ??= isFault ? finding : null;
        }

        return Fault is not null;
    }
}
