using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Brings a file from one state to the next ([MS-PST] 2.6.1). New blocks and new tree pages lie in room that is free in the state before, so
/// nothing that was written up to the first flush can be seen. One write of the header then makes the new state the file's, with fAMapValid
/// 0. The maps are written after it: they only say which room is free, and whoever finds fAMapValid 0 makes them anew. The last write of
/// the header says they are valid.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="name">What errors call it.</param>
/// <param name="header">Its header.</param>
/// <param name="space">Its free room.</param>
/// <param name="use">Its registered writer.</param>
/// <param name="pageIds">The ids of its pages.</param>
/// <param name="verify">Waits until what edits rely on is verified.</param>
/// <param name="layout">Its variant.</param>
internal sealed class Committer(
    IDurableFile file, string name, HeaderFile header, FreeSpace space, FileWriting use, PageIds pageIds, Action verify, PstLayout layout)
{
    private bool _mapsAreValid = true;
    private bool _wasWritten;

    // After a failed flush nobody knows what is on the medium, and another flush would not tell: the writer is done for.
    private PstException? _failure;

    /// <summary>Commits.</summary>
    /// <param name="blocks">Changes of the BBT.</param>
    /// <param name="nodes">Changes of the NBT.</param>
    /// <param name="next">The new header, but for ROOT and bidNextP.</param>
    /// <exception cref="PstException">PstWriteFailed, PstDamaged, PstNeedsRepair: the state before is the file's, unless another program wrote to it.</exception>
    public void Commit(BlockChanges blocks, NodeChanges nodes, PstHeader next)
    {
        CheckFile();
        PstRoot root = header.Header.Root;
        pageIds.Begin();
        TreePages blockPages = new(file, layout, PageType.Bbt, space, pageIds);
        TreePages nodePages = new(file, layout, PageType.Nbt, space, pageIds);
        try
        {
            root = root with
            {
                BlockTree = TreeEditor.Apply(blockPages, layout, root.BlockTree, blocks),
                NodeTree = TreeEditor.Apply(nodePages, layout, root.NodeTree, nodes),
            };
            if (blockPages.Replaced.Concat(nodePages.Replaced).Any(page => !space.IsTaken(page, layout.PageSize)))
            {
                // A map that does not know of a page in use is no map to go by.
                verify();
            }
        }
        catch
        {
            blockPages.Abandon();
            nodePages.Abandon();
            throw;
        }

        Switch(next with { NextPage = pageIds.NextId, Root = Current(root) with { AMapValidity = AMapValidity.Invalid } });
        Free(ListFreed(blocks, blockPages, nodePages));
        TryWriteMaps();
    }

    /// <summary>Makes sure that the file is as it was committed last. What another program wrote or cut would be called whole by the next commit.</summary>
    /// <exception cref="PstException">PstWriteFailed, now and from now on.</exception>
    public void CheckFile()
    {
        if (_failure is null && !header.IsInFile())
        {
            _failure = PstWriteError.ChangedByAnother(name);
        }

        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>Leaves the file as it was committed last, with valid maps and nothing after its end. Whatever fails here the next writer puts right.</summary>
    public void Close()
    {
        if (_failure is not null)
        {
            // The header on the medium may be the one before or the one that failed; the file has to serve both.
            return;
        }

        try
        {
            if (!header.IsInFile())
            {
                // It is somebody else's now.
                return;
            }

            if (!_mapsAreValid)
            {
                TryWriteMaps();
            }

            if (file.Length != header.Header.Root.FileLength)
            {
                file.SetLength(header.Header.Root.FileLength);
            }

            if (_wasWritten)
            {
                file.Flush();
            }
        }
        catch (PstException)
        {
            // What is behind the end is cut off by the next writer.
        }
    }

    private void Switch(PstHeader next)
    {
        try
        {
            file.Flush();
            use.Announce(next.Unique);
            header.Write(next);
            file.Flush();
        }
        catch (PstException e)
        {
            _failure = e;
            throw;
        }

        _wasWritten = true;
        _mapsAreValid = false;
    }

    // The commit stands without them. What cannot be written now is written with the next commit, or by the next writer.
    private void TryWriteMaps()
    {
        try
        {
            space.WriteMaps();
            DensityList.Write(file, layout, pageIds.NextId, space);
        }
        catch (PstException)
        {
            return;
        }

        try
        {
            file.Flush();
            header.Write(header.Header with { Root = Current(header.Header.Root) with { AMapValidity = AMapValidity.Valid2 } });
            _mapsAreValid = true;
        }
        catch (PstException e)
        {
            _failure = e;
        }
    }

    private List<Extent> ListFreed(BlockChanges blocks, TreePages blockPages, TreePages nodePages)
    {
        List<Extent> freed = [];
        freed.AddRange(blocks.Freed.Select(b => new Extent(b.Block.Offset, layout.BlockExtent(b.Length))));
        freed.AddRange(blockPages.Replaced.Concat(nodePages.Replaced).Select(offset => new Extent(offset, layout.PageSize)));
        return freed;
    }

    // A reader that comes now sees the new state; those that are there already may need the old one.
    private void Free(List<Extent> freed)
    {
        bool isHeld = use.TryHold(header.Header.Unique, freed);
        foreach (Extent extent in freed)
        {
            space.Free(extent.Offset, extent.Length, isHeld);
        }

        foreach (Extent extent in use.TakeReleased())
        {
            space.Unhold(extent.Offset, extent.Length);
        }
    }

    private PstRoot Current(PstRoot root) => root with
    {
        FileLength = space.FileLength,
        LastAMapOffset = space.FileLength - layout.AMapCoverage,
        AMapFreeBytes = space.FreeBytes,
    };
}
