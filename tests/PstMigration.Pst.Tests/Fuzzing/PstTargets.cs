using System.Buffers.Binary;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Checking;
using PstMigration.Pst.Tests.Messaging;

namespace PstMigration.Pst.Tests.Fuzzing;

/// <summary>
/// Reads all of a sound file after an input was written over parts of it, with all checksums right. An input is a list of: u8 which part, u16 from
/// where in it, u8 how many bytes follow, the bytes; numbers beyond what there is count from the begin again.
/// </summary>
internal sealed class PstTargets
{
    private const int MaxBytes = 16 << 20;

    private readonly byte[] _original;
    private readonly ulong[] _blocks;
    private readonly long[] _pages;

    private PstTargets(byte[] original, bool isNdb)
    {
        _original = original;
        PstPatch patch = new((byte[])original.Clone());
        _blocks = [.. patch.BlockIds.Where(b => new BlockId(b).IsInternal == isNdb)];
        _pages = isNdb ? [.. Pages(patch, PageType.Nbt, patch.Header.Root.NodeTree), .. Pages(patch, PageType.Bbt, patch.Header.Root.BlockTree)] : [];
        HasHeader = isNdb;
    }

    /// <summary>All kinds: header, pages and internal blocks; blocks of data.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ltp", "ndb"];

    private bool HasHeader { get; }

    /// <summary>What is done with a kind; null where it is none of these.</summary>
    public static Action<byte[]>? Find(string name, Func<byte[]> file) => name is "ndb" or "ltp" ? new PstTargets(file(), name == "ndb").Run : null;

    private static List<long> Pages(PstPatch patch, PageType type, BlockReference root)
    {
        List<long> pages = [root.Offset];
        Stack<BTreeEntry> open = new();
        void Take(BlockReference place)
        {
            BTreePage page = new TreePageReader(new MemoryFileBytes(patch.Bytes), patch.Layout, type).ReadRoot(place);
            for (int i = 0; page.Level > 0 && i < page.Count; i++)
            {
                open.Push(BTreeEntry.Read(page.Entry(i), patch.Layout));
            }
        }

        Take(root);
        while (open.Count > 0)
        {
            BlockReference child = open.Pop().Child;
            pages.Add(child.Offset);
            Take(child);
        }

        return pages;
    }

    private void Run(byte[] input)
    {
        PstPatch patch = new((byte[])_original.Clone());
        List<(int Part, int Offset, byte[] Bytes)> changes = Parse(input);

        // Blocks first: what the trees say of them is still right.
        foreach ((int part, int offset, byte[] bytes) in changes.Where(c => c.Part < _blocks.Length))
        {
            patch.EditBlock(_blocks[part], b => Overlay(b, offset, bytes));
        }

        foreach ((int part, int offset, byte[] bytes) in changes.Where(c => c.Part >= _blocks.Length))
        {
            if (part - _blocks.Length < _pages.Length)
            {
                patch.EditPage(_pages[part - _blocks.Length], p => Overlay(p, offset, bytes));
            }
            else
            {
                patch.EditHeader(h => Overlay(h, offset, bytes));
            }
        }

        try
        {
            using PstFile file = PstFile.Open(new MemoryFileBytes(patch.Bytes), "fuzz.pst", new PstOpenOptions { AcceptDamage = true });
            new Walker(file, MaxBytes).Walk();
        }
        catch (PstException)
        {
        }
    }

    private static void Overlay(Span<byte> target, int offset, byte[] bytes)
    {
        Span<byte> place = target[(offset % target.Length)..];
        bytes.AsSpan(0, Math.Min(bytes.Length, place.Length)).CopyTo(place);
    }

    private List<(int Part, int Offset, byte[] Bytes)> Parse(ReadOnlySpan<byte> input)
    {
        List<(int, int, byte[])> changes = [];
        int parts = _blocks.Length + _pages.Length + (HasHeader ? 1 : 0);
        while (input.Length > 4)
        {
            int length = Math.Min(input[3], input.Length - 4);
            changes.Add((input[0] % parts, BinaryPrimitives.ReadUInt16LittleEndian(input[1..]), input.Slice(4, length).ToArray()));
            input = input[(4 + length)..];
        }

        return changes;
    }
}
