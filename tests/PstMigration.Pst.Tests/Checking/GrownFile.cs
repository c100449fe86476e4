using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>A small file followed by many empty regions, whose map pages are made when they are read. Pages can be replaced.</summary>
internal sealed class GrownFile : IFileBytes
{
    private readonly PstPatch _patch;
    private readonly long _regions;
    private readonly Dictionary<long, byte[]> _pages = [];

    public GrownFile(PstPatch patch, long regions)
    {
        _patch = patch;
        _regions = regions;
        PstLayout l = patch.Layout;
        long first = (patch.Bytes.Length - l.FirstAMapOffset) / l.AMapCoverage;
        long free = 0;
        for (long r = first; r < regions; r++)
        {
            free += ((l.MapSize * 8) - (Reserved(r) * 8)) * 64L;
        }

        patch.EditRoot(r => r with
        {
            FileLength = Length,
            LastAMapOffset = StartOf(regions - 1),
            AMapFreeBytes = r.AMapFreeBytes + free,
        });
    }

    public long Length => _patch.Layout.FirstAMapOffset + (_regions * _patch.Layout.AMapCoverage);

    public long StartOf(long region) => _patch.Layout.FirstAMapOffset + (region * _patch.Layout.AMapCoverage);

    /// <summary>Changes a page beyond the small file.</summary>
    public void EditPage(long offset, Edit edit)
    {
        byte[] page = new byte[_patch.Layout.PageSize];
        ReadAt(offset, page);
        edit(page);
        _pages[offset] = page;
    }

    public int ReadAt(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Max(0, Math.Min(buffer.Length, Length - offset));
        for (int done = 0; done < count;)
        {
            long at = offset + done;
            long page = at / 512 * 512;
            int take = (int)Math.Min(count - done, page + 512 - at);
            Content(page).Slice((int)(at - page), take).CopyTo(buffer[done..]);
            done += take;
        }

        return count;
    }

    public void Dispose()
    {
    }

    private static int Reserved(long r) => r >= 8192 && (r - 8192) % 31744 == 0 ? 4 : r >= 128 && (r - 128) % 496 == 0 ? 3 : r % 8 == 0 ? 2 : 1;

    private Span<byte> Content(long page)
    {
        if (_pages.TryGetValue(page, out byte[]? replaced))
        {
            return replaced;
        }

        if (page + 512 <= _patch.Bytes.Length)
        {
            return _patch.Bytes.AsSpan((int)page, 512);
        }

        byte[] bytes = new byte[512];
        long region = (page - _patch.Layout.FirstAMapOffset) / _patch.Layout.AMapCoverage;
        int slot = (int)((page - StartOf(region)) / 512);
        PageType? type = slot switch
        {
            0 => PageType.AMap,
            1 when region % 8 == 0 => PageType.PMap,
            2 when Reserved(region) == 3 => PageType.FMap,
            3 when Reserved(region) == 4 => PageType.FPMap,
            _ => null,
        };
        if (type is PageType map)
        {
            bytes.AsSpan(0, map == PageType.AMap ? Reserved(region) : 496).Fill(0xFF);
            PageTrailer.Seal(bytes, map, default, page, _patch.Layout);
        }

        return bytes;
    }
}
