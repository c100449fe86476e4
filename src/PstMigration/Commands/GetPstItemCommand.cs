using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Get-PstItem: the items in folders of data files, as the folders list them.</summary>
[Cmdlet(VerbsCommon.Get, "PstItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstItemInfo))]
public sealed class GetPstItemCommand : PstFolderCommand
{
    // Folders piped in come one by one; the file is searched once.
    private RecoveredItems? _recovered;

    /// <summary>Subjects, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Subject { get; set; }

    /// <summary>Names of senders, with wildcards; with an @ also their addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? From { get; set; }

    /// <summary>Message classes, with wildcards.</summary>
    [Parameter]
    [Alias("Class")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? MessageClass { get; set; }

    /// <summary>Not older than that.</summary>
    [Parameter]
    [AgeTransformation]
    [ValidateNotNull]
    public Age? Since { get; set; }

    /// <summary>Older than that.</summary>
    [Parameter]
    [AgeTransformation]
    [ValidateNotNull]
    public Age? Before { get; set; }

    /// <summary>Only items with attachments; switched off, only those without.</summary>
    [Parameter]
    public SwitchParameter HasAttachment { get; set; }

    /// <summary>Also folder-associated items.</summary>
    [Parameter]
    public SwitchParameter IncludeAssociated { get; set; }

    /// <summary>Also items that no folder lists any more.</summary>
    [Parameter]
    public SwitchParameter IncludeDeleted { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
        PstItemFilter filter = MakeFilter();
        foreach (PstItemContent listed in List(file, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (filter.IsMatch(listed.Item, listed.Content))
                {
                    WriteObject(listed.Item);
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, listed.Item));
            }
        }
    }

    private PstItemFilter MakeFilter()
    {
        DateTimeOffset now = Clock.GetLocalNow();
        return new PstItemFilter(From ?? [])
        {
            Subjects = Subject ?? [],
            MessageClasses = MessageClass ?? [],
            Since = Since?.Before(now),
            Before = Before?.Before(now),
            HasAttachments = MyInvocation.BoundParameters.ContainsKey(nameof(HasAttachment)) ? HasAttachment.IsPresent : null,
        };
    }

    private IEnumerable<PstItemContent> List(PstFile file, CancellationToken cancellationToken)
    {
        HashSet<NodeId> folders = [];
        foreach (PstFolder folder in Folder is null ? [file.IpmSubtree, .. FolderTree.Below(file.IpmSubtree, IncludeHidden)] : SelectFolders(file))
        {
            folders.Add(folder.NodeId);
            string path = folder.Path.ToString();
            IEnumerable<PstItemContent> items = folder.EnumerateItems().Select(s => Describe(file, path, s, isAssociated: false));
            IEnumerable<PstItemContent> associated = IncludeAssociated
                ? folder.EnumerateAssociated().Select(s => Describe(file, path, s, isAssociated: true))
                : [];
            foreach (PstItemContent item in items.Concat(associated))
            {
                yield return item;
            }
        }

        if (IncludeDeleted)
        {
            _recovered = _recovered?.File == file ? _recovered : new RecoveredItems(file);
            foreach (PstItemContent item in _recovered.In(Folder is null ? null : folders, cancellationToken))
            {
                yield return item;
            }
        }
    }

    private static PstItemContent Describe(PstFile file, string folder, PstItemSummary summary, bool isAssociated) =>
        new(new PstItemInfo(file, folder, summary) { IsAssociated = isAssociated }, new Lazy<MapiItem>(() => file.OpenItem(summary.NodeId)));
}
