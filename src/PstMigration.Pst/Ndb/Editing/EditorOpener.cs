using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Decides whether a file may be written to, and makes it fit to be: maps a dead writer left behind are rebuilt, what it wrote and never
/// committed is cut off.
/// </summary>
internal static class EditorOpener
{
    /// <summary>Reads the header of a file, leaves it with maps that are called valid, and verifies it or begins to.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="plan">When it is verified.</param>
    /// <exception cref="PstException">
    /// PstFormatNotWritten: a variant that is not written. PstNeedsRepair: it is damaged, and was not touched. As for reading, PstEmpty,
    /// PstNotAPst, PstTruncated, PstUnsupported. PstWriteFailed.
    /// </exception>
    public static (HeaderFile Header, Verification Verification) Open(IDurableFile file, string name, VerificationPlan plan)
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

        if (FileTailReader.Read(file, header.Root.FileLength, layout) == FileTail.Foreign)
        {
            throw PstWriteError.NeedsRepair(name, PstException.Damaged(PstStructure.File, PstDamageReason.LengthMismatch, header.Root.FileLength));
        }

        HeaderFile headerFile = new(file, bytes, header, layout);
        bool needsMaps = NeedsMaps(file, header, bytes, layout);
        if (!needsMaps && header.Root.FileLength >= plan.BackgroundFrom && CountersFit(file, header, layout, name))
        {
            return (headerFile, Verification.Start(file, header, layout, plan.Scheduler));
        }

        Verification verification = Verification.Run(file, header, layout);
        EditBasis basis = verification.Take();
        if (basis.Fault is PstFinding fault)
        {
            throw PstWriteError.NeedsRepair(name, fault);
        }

        headerFile.PutRight(basis.PutRight(header));
        if (needsMaps)
        {
            MapRebuilder.Run(file, headerFile, layout, basis.Used);
        }

        return (headerFile, verification);
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

    // Whether no block that is written before the whole is verified can get an id that is in use: the last leaf of the BBT has the highest of all.
    private static bool CountersFit(IFileBytes file, PstHeader header, PstLayout layout, string name)
    {
        try
        {
            BTreePage last = new TreePageReader(file, layout, PageType.Bbt).ReadLastLeaf(header.Root.BlockTree);
            return EditBasis.IsPlausible(header.NextBlock) && EditBasis.IsPlausible(header.NextPage)
                && Array.TrueForAll(header.NodeCounters, c => c <= NodeId.MaxIndex)
                && header.NextBlock.Value % BlockId.Step == 0
                && last.Count > 0
                && last.Key(last.Count - 1) < header.NextBlock.Value;
        }
        catch (PstException e) when (e.Damage is not null)
        {
            throw PstWriteError.NeedsRepair(name, e);
        }
    }
}
