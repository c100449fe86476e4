using System.Buffers.Binary;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Checking;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>
/// Makes what edits rely on wrong by seed, each time with all checksums right: maps, counters, reference counts, keys, levels and references of tree
/// pages, places of blocks, what internal blocks refer to. The file is a sound Unicode one.
/// </summary>
internal sealed class NdbMutator
{
    private readonly Random _random;
    private readonly PstPatch _file;
    private readonly ulong[] _blocks;
    private readonly uint[] _nodes;

    private NdbMutator(byte[] original, int seed)
    {
        _random = new Random(seed);
        _file = new PstPatch((byte[])original.Clone());
        _blocks = [.. _file.BlockIds];
        _nodes = [.. _file.NodeIds];
    }

    /// <summary>A copy of a file with one to three things wrong.</summary>
    public static byte[] Change(byte[] original, int seed)
    {
        NdbMutator mutator = new(original, seed);
        for (int i = 1 + mutator._random.Next(3); i > 0; i--)
        {
            mutator.ChangeOne();
        }

        return mutator._file.Bytes;
    }

    private void ChangeOne()
    {
        switch (_random.Next(11))
        {
            case 0:
                ChangeMap();
                break;
            case 1 or 2:
                ChangeBlock(b => b with { References = (ushort)Math.Max(0, b.References + Sign()) });
                break;
            case 3:
                ulong other = Any(_blocks);
                ChangeBlock(b => b with { Block = b.Block with { Offset = _file.Block(other).Block.Offset + (64 * _random.Next(-2, 3)) } });
                break;
            case 4:
                ChangeBranch((entry, layout) => layout.WriteId(entry, layout.ReadId(entry) + (ulong)(Sign() * (1 << _random.Next(8)))));
                break;
            case 5:
                (_, BTreePage _, BlockReference page, _) = Any(Pages());
                ChangeBranch((entry, layout) => page.Write(entry.AsSpan(layout.IdSize), layout));
                break;
            case 6:
                ChangeMeta();
                break;
            case 7:
                ChangeEntries();
                break;
            case 8:
                ChangeCounters();
                break;
            case 9:
                BlockId data = new(Any(_blocks));
                _file.EditNode(Any(_nodes), n => _random.Next(2) == 0 ? n with { Data = data } : n with { Subnodes = data });
                break;
            default:
                ChangeReference();
                break;
        }
    }

    private void ChangeMap()
    {
        PstLayout layout = _file.Layout;
        long regions = (_file.Bytes.Length - layout.FirstAMapOffset) / layout.AMapCoverage;
        long start = layout.FirstAMapOffset + (_random.Next((int)regions) * layout.AMapCoverage);
        int length = 64 << _random.Next(10);
        long offset = start + (64L * _random.Next((int)(layout.AMapCoverage - length) / 64));
        _file.Allocate(offset, length, used: _random.Next(4) == 0, count: _random.Next(2) == 0);
    }

    private void ChangeBlock(Func<BlockEntry, BlockEntry> edit) => _file.EditBlockEntry(Any(_blocks), edit);

    private void ChangeBranch(Action<byte[], PstLayout> edit)
    {
        List<(PageType Type, BTreePage Page, BlockReference Place, int Level)> branches = [.. Pages().Where(p => p.Level > 0)];
        if (branches.Count > 0)
        {
            (_, BTreePage page, BlockReference place, _) = Any(branches);
            int at = _random.Next(page.Count) * _file.Layout.BTreeEntrySize;
            byte[] entry = _file.Page(place.Offset).Slice(at, _file.Layout.BTreeEntrySize).ToArray();
            edit(entry, _file.Layout);
            _file.EditPage(place.Offset, p => entry.CopyTo(p[at..]));
        }
    }

    private void ChangeMeta()
    {
        (_, _, BlockReference place, _) = Any(Pages());
        _file.EditPage(place.Offset, p =>
        {
            BTreePageMeta meta = BTreePageMeta.Read(p, _file.Layout);
            int count = Math.Max(0, meta.Count + Sign());
            (_random.Next(2) == 0 ? meta with { Count = count } : meta with { Level = _random.Next(4) }).Write(p, _file.Layout);
        });
    }

    private void ChangeEntries()
    {
        (_, BTreePage page, BlockReference place, _) = Any(Pages());
        int size = page.Meta.EntrySize;
        int from = _random.Next(page.Count) * size;
        int to = _random.Next(page.Count) * size;
        _file.EditPage(place.Offset, p =>
        {
            byte[] kept = p.Slice(to, size).ToArray();
            p.Slice(from, size).CopyTo(p[to..]);
            if (_random.Next(2) == 0)
            {
                kept.CopyTo(p[from..]);
            }
        });
    }

    private void ChangeCounters() => _file.EditHeader(h =>
    {
        int at = _random.Next(3) switch { 0 => 516, 1 => 32, _ => _file.Layout.HeaderNodeCounters + (4 * _random.Next(32)) };
        BinaryPrimitives.WriteUInt32LittleEndian(h[at..], (uint)(BinaryPrimitives.ReadUInt32LittleEndian(h[at..]) * _random.NextDouble()));
    });

    private void ChangeReference()
    {
        ulong[] candidates = [.. _blocks.Where(b => new BlockId(b).IsInternal)];
        if (candidates.Length == 0)
        {
            return;
        }

        ulong other = Any(_blocks);
        ulong block = Any(candidates);
        try
        {
            int[] places = InternalBlock.ReferenceOffsets(_file.Read(block), 0, _file.Layout);
            if (places.Length > 0)
            {
                _file.EditBlock(block, b => _file.Layout.WriteId(b[Any(places)..], other));
            }
        }
        catch (PstException)
        {
            // An earlier change has put another block into its place.
        }
    }

    private List<(PageType Type, BTreePage Page, BlockReference Place, int Level)> Pages()
    {
        List<(PageType, BTreePage, BlockReference, int)> pages = [];
        PstRoot root = _file.Header.Root;
        Collect(root.NodeTree, PageType.Nbt, pages);
        Collect(root.BlockTree, PageType.Bbt, pages);
        return pages;
    }

    // What is not sound any more is left alone, and is the end of it.
    private void Collect(BlockReference place, PageType type, List<(PageType, BTreePage, BlockReference, int)> pages)
    {
        try
        {
            BTreePage page = new TreePageReader(new MemoryFileBytes(_file.Bytes), _file.Layout, type).ReadRoot(place);
            if (page.Count == 0 || pages.Count > _file.Bytes.Length / _file.Layout.PageSize)
            {
                return;
            }

            pages.Add((type, page, place, page.Level));
            for (int i = 0; page.Level > 0 && i < page.Count; i++)
            {
                Collect(BTreeEntry.Read(page.Entry(i), _file.Layout).Child, type, pages);
            }
        }
        catch (PstException)
        {
        }
    }

    private int Sign() => _random.Next(2) == 0 ? 1 : -1;

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
