using System;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Makes the allocation maps anew from the B-trees, after a writer died, or where a writer before Outlook 2007 left page maps in use
/// (ms-pst F.3, A.12). Both trees are read whole, once for every 16 GB of the file, so that memory stays bounded. What cannot be trusted is
/// not written to.
/// </summary>
internal sealed class MapRebuilder
{
    // 32 MiB of bits.
    private const int BandRegions = 1 << 16;

    private readonly IDurableFile _file;
    private readonly HeaderFile _header;
    private readonly PstLayout _layout;
    private readonly RegionFile _regions;
    private readonly TreePageReader _nodes;
    private readonly TreePageReader _blocks;
    private readonly long _regionCount;
    private readonly long _end;
    private long _bandStart;
    private byte[] _band = [];
    private ulong _highestBlock;
    private ulong _highestPage;
    private uint[] _counters = [];

    private MapRebuilder(IDurableFile file, HeaderFile header, PstLayout layout)
    {
        _file = file;
        _header = header;
        _layout = layout;
        _regions = new RegionFile(file, layout);
        _nodes = new TreePageReader(file, layout, PageType.Nbt);
        _blocks = new TreePageReader(file, layout, PageType.Bbt);
        _end = header.Header.Root.FileLength;
        _regionCount = Math.Max(1, (_end - layout.FirstAMapOffset + layout.AMapCoverage - 1) / layout.AMapCoverage);
    }

    /// <summary>Rebuilds the maps and writes a header that says so.</summary>
    /// <exception cref="PstException">PstDamaged: a tree cannot be read or blocks overlap; nothing was written. PstWriteFailed.</exception>
    public static void Run(IDurableFile file, HeaderFile header, PstLayout layout) => new MapRebuilder(file, header, layout).Run();

    private void Run()
    {
        // The first walk sees all that can be wrong but overlaps further on.
        MarkBand(0);
        Begin();
        long free = WriteBand();
        for (long start = BandRegions; start < _regionCount; start += BandRegions)
        {
            MarkBand(start);
            free += WriteBand();
        }

        _file.Flush();
        PstHeader header = _header.Header;
        _header.Write(header with
        {
            NextBlock = new BlockId(Math.Max(header.NextBlock.Value, NextBlockAfter(_highestBlock))),
            NextPage = new BlockId(Math.Max(header.NextPage.Value, _highestPage + 1)),
            NodeCounters = _counters,
            Root = header.Root with { AMapFreeBytes = free, PMapFreeBytes = 0, AMapValidity = AMapValidity.Valid2 },
        });
        _file.Flush();
    }

    private static ulong NextBlockAfter(ulong highest) => (highest / BlockId.Step * BlockId.Step) + BlockId.Step;

    // While maps are being written they are not valid, and the file is a whole number of regions.
    private void Begin()
    {
        _file.SetLength(_regions.OffsetOf(_regionCount));
        PstHeader header = _header.Header;
        _header.Write(header with
        {
            Root = header.Root with
            {
                FileLength = _regions.OffsetOf(_regionCount),
                LastAMapOffset = _regions.OffsetOf(_regionCount - 1),
                AMapValidity = AMapValidity.Invalid,
            },
        });
        _file.Flush();
    }

    private void MarkBand(long start)
    {
        _bandStart = start;
        _band = new byte[Math.Min(BandRegions, _regionCount - start) * _layout.MapSize];
        _counters = (uint[])_header.Header.NodeCounters.Clone();
        for (long region = start; region < start + (_band.Length / _layout.MapSize); region++)
        {
            Mark(_regions.OffsetOf(region), RegionMaps.ReservedPages(region) * _layout.PageSize, PstStructure.File);
        }

        _blocks.Walk(_header.Header.Root.BlockTree, VisitBlocks);
        _nodes.Walk(_header.Header.Root.NodeTree, VisitNodes);
    }

    private void VisitBlocks(BlockReference place, BTreePage page)
    {
        VisitPage(place, PstStructure.BlockTreePage);
        for (int i = 0; page.Level == 0 && i < page.Count; i++)
        {
            BlockEntry block = BlockEntry.Read(page.Entry(i), _layout);
            if (block.Length == 0 || block.Length > _layout.MaxBlockData)
            {
                throw PstException.Damaged(PstStructure.Block, PstDamageReason.LimitExceeded, block.Block.Offset);
            }

            _highestBlock = Math.Max(_highestBlock, block.Block.Id.Value);
            Mark(block.Block.Offset, _layout.BlockExtent(block.Length), PstStructure.Block);
        }
    }

    private void VisitNodes(BlockReference place, BTreePage page)
    {
        VisitPage(place, PstStructure.NodeTreePage);
        for (int i = 0; page.Level == 0 && i < page.Count; i++)
        {
            NodeId id = NodeEntry.Read(page.Entry(i), _layout).Id;
            ref uint highest = ref _counters[(int)id.Type];
            highest = Math.Max(highest, id.Index);
        }
    }

    private void VisitPage(BlockReference place, PstStructure structure)
    {
        _highestPage = Math.Max(_highestPage, place.Id.Value);
        Mark(place.Offset, _layout.PageSize, structure);
    }

    private void Mark(long offset, int length, PstStructure structure)
    {
        long region = _regions.RegionOf(offset);
        if (offset < _layout.FirstAMapOffset || offset % _layout.BlockAlignment != 0
            || (structure != PstStructure.File && offset > _end - length)
            || _regions.RegionOf(offset + length - 1) != region)
        {
            throw PstException.Damaged(structure, PstDamageReason.OutsideFile, offset);
        }

        if (region < _bandStart || region >= _bandStart + (_band.Length / _layout.MapSize))
        {
            return;
        }

        long slot = ((region - _bandStart) * _layout.MapSize * 8) + _regions.SlotOf(offset);
        for (long end = slot + (length / _layout.BlockAlignment); slot < end; slot++)
        {
            byte mask = (byte)(0x80 >> (int)(slot & 7));
            ref byte b = ref _band[slot >> 3];
            if ((b & mask) != 0)
            {
                throw PstException.Damaged(structure, PstDamageReason.DanglingReference, offset);
            }

            b |= mask;
        }
    }

    private long WriteBand()
    {
        long free = 0;
        for (int i = 0; i < _band.Length / _layout.MapSize; i++)
        {
            RegionSpace space = new(_band.AsSpan(i * _layout.MapSize, _layout.MapSize));
            free += (long)space.FreeSlots * _layout.BlockAlignment;
            _regions.Write(_bandStart + i, space.Bits);
            _regions.WriteDeprecated(_bandStart + i);
        }

        return free;
    }
}
