using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>The items of a file that no folder lists, found once however many folders ask.</summary>
internal sealed class RecoveredItems(PstHandle handle, PstFile file)
{
    private readonly Dictionary<NodeId, string> _paths = [];
    private List<PstRecoveredItem>? _found;

    /// <summary>The file.</summary>
    internal PstFile File { get; } = file;

    /// <summary>The items that were in one of the folders; all where that is null, those of folders that are gone among them.</summary>
    internal IEnumerable<PstItemContent> In(HashSet<NodeId>? folders, CancellationToken cancellationToken)
    {
        _found ??= Find(cancellationToken);
        foreach (PstRecoveredItem found in _found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (folders is null || folders.Contains(found.Folder))
            {
                yield return Describe(found);
            }
        }
    }

    private List<PstRecoveredItem> Find(CancellationToken cancellationToken)
    {
        List<PstRecoveredItem> found = [];
        foreach (PstRecoveryKind kind in new[] { PstRecoveryKind.Orphan, PstRecoveryKind.Deleted, PstRecoveryKind.Fragment })
        {
            foreach (PstRecoveredItem item in File.RecoverItems(kind))
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(item);
            }
        }

        return found;
    }

    private PstItemContent Describe(PstRecoveredItem found)
    {
        // Opened to be listed and not kept: a file may hold very many.
        (PstItemSummary summary, bool isOpen) = Summarize(found);
        bool isNothing = summary.Subject.Length == 0 && summary.Sender.Length == 0 && summary.Size == 0 && (summary.DeliveryTime ?? summary.SubmitTime ?? summary.LastModificationTime) is null;
        PstItemReference reference = new(handle, Hex.Lower(File.RecordKey.Span), found.NodeId, "") { Recovered = (found.Kind, found.Block, File.Generation) };
        PstItemInfo item = new(reference, PathOf(found.Folder), summary) { IsIncomplete = !isOpen || isNothing || found.Kind == PstRecoveryKind.Fragment };
        return new(item, new PropertyBag(), new Lazy<MapiItem>(found.Open));
    }

    private static (PstItemSummary Summary, bool IsOpen) Summarize(PstRecoveredItem found)
    {
        try
        {
            return (PstItemSummary.Of(found.NodeId, found.Open().Properties), true);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            // Partly overwritten: class and subject are what is left to list.
            PropertyBag left = new()
            {
                [PropertyTags.MessageClass] = PropertyValue.FromString(found.MessageClass),
                [PropertyTags.Subject] = PropertyValue.FromString(found.Subject),
            };
            return (PstItemSummary.Of(found.NodeId, left), false);
        }
    }

    private string PathOf(NodeId folder)
    {
        if (!_paths.TryGetValue(folder, out string? path))
        {
            _paths[folder] = path = ReadPath(folder);
        }

        return path;
    }

    private string ReadPath(NodeId folder)
    {
        try
        {
            return File.GetFolder(folder).Path.ToString();
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            return "";
        }
    }
}
