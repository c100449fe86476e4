using PstMigration.Pst.Checking;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>What stands behind the end of a data file as its header has it (ibFileEof).</summary>
internal enum FileTail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Room a writer made and had not taken into the header when it was stopped, with whatever it had put there.</summary>
    Room,

    /// <summary>Bytes no writer of data files put there.</summary>
    Foreign,
}

/// <summary>
/// Tells what stands behind ibFileEof. A writer makes a file longer region by region, and the first it puts into one is its AMap, a single
/// sector: where a region starts there is that page, or zeros where it was lost, even when what comes after it is torn.
/// </summary>
internal static class FileTailReader
{
    /// <summary>Looks at the start of each region behind the end.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public static FileTail Read(IFileBytes file, long end, PstLayout layout)
    {
        if (file.Length <= end)
        {
            return FileTail.None;
        }

        long first = Math.Max(0, end - layout.FirstAMapOffset);
        long start = layout.FirstAMapOffset + ((first + layout.AMapCoverage - 1) / layout.AMapCoverage * layout.AMapCoverage);
        if (!IsZero(file, end, Math.Min(start, file.Length)))
        {
            return FileTail.Foreign;
        }

        byte[] page = new byte[layout.PageSize];
        for (; start < file.Length; start += layout.AMapCoverage)
        {
            int count = file.ReadAt(start, page);
            if (!Zeros.Only(page.AsSpan(0, count)) && (count < page.Length || !MapPages.IsAMap(page, start, layout)))
            {
                return FileTail.Foreign;
            }
        }

        return FileTail.Room;
    }

    // The rest of a region the file ends within, which only writers before Outlook 2003 leave.
    private static bool IsZero(IFileBytes file, long from, long to)
    {
        byte[] window = new byte[(int)Math.Min(1 << 16, to - from)];
        for (long at = from; at < to; at += window.Length)
        {
            int count = file.ReadAt(at, window.AsSpan(0, (int)Math.Min(window.Length, to - at)));
            if (!Zeros.Only(window.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
