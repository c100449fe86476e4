using System.Collections.Generic;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Decides whether a file may be written to, and makes it fit to be: maps a dead writer left behind are rebuilt, what it wrote and never
/// committed is cut off.
/// </summary>
internal static class EditorOpener
{
    /// <summary>Reads the header of a file and leaves it with valid maps.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PstException">
    /// PstNotWritable: a variant that is not written. PstNeedsRepair: it is damaged, and was not touched. As for reading, PstEmpty,
    /// PstNotAPst, PstTruncated, PstUnsupported. PstWriteFailed.
    /// </exception>
    public static HeaderFile Open(IDurableFile file, string name)
    {
        (PstHeader header, byte[] bytes, PstLayout layout) = HeaderReader.Read(file, name);
        if (layout.Format != PstFormat.Unicode || header.Version is not (21 or 23) || header.Kind != PstKind.Pst)
        {
            throw PstWriteError.FormatNotWritten(name);
        }

        (uint stored, uint computed) = PstHeader.PartialChecksum(bytes);
        if (stored != computed)
        {
            throw PstWriteError.NeedsRepair(name, PstException.Damaged(PstStructure.Header, PstDamageReason.ChecksumMismatch, 0));
        }

        if (file.Length < header.Root.FileLength)
        {
            throw PstWriteError.NeedsRepair(name, PstException.Damaged(PstStructure.File, PstDamageReason.LengthMismatch, file.Length));
        }

        HeaderFile headerFile = new(file, bytes, header, layout);
        try
        {
            if (NeedsMaps(file, header, bytes, layout))
            {
                MapRebuilder.Run(file, headerFile, layout);
            }
            else
            {
                new TreePageReader(file, layout, PageType.Nbt).Read(header.Root.NodeTree, level: null);
                new TreePageReader(file, layout, PageType.Bbt).Read(header.Root.BlockTree, level: null);
            }
        }
        catch (PstException e) when (e.Damage is not null)
        {
            throw PstWriteError.NeedsRepair(name, e);
        }

        return headerFile;
    }

    private static bool NeedsMaps(IDurableFile file, PstHeader header, byte[] bytes, PstLayout layout)
    {
        PstRoot root = header.Root;
        long body = root.FileLength - layout.FirstAMapOffset;
        return root.AMapValidity != AMapValidity.Valid2
            || root.PMapFreeBytes != 0
            || root.AMapFreeBytes < 0
            || file.Length != root.FileLength
            || body % layout.AMapCoverage != 0
            || root.LastAMapOffset != root.FileLength - layout.AMapCoverage
            || !PstHeader.HasValidChecksums(bytes, layout);
    }
}
