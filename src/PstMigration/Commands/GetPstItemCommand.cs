using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Get-PstItem: the items in folders of data files, as the folders list them.</summary>
[Cmdlet(VerbsCommon.Get, "PstItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstItemInfo))]
public sealed class GetPstItemCommand : PstFolderCommand
{
    /// <summary>Subjects, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Subject { get; set; }

    /// <summary>Message classes, with wildcards.</summary>
    [Parameter]
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

    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Clock.GetLocalNow();
        DateTimeOffset? since = Since?.Before(now);
        DateTimeOffset? before = Before?.Before(now);
        WildcardPattern[]? subjects = Patterns(Subject);
        WildcardPattern[]? classes = Patterns(MessageClass);
        IEnumerable<PstFolder> folders = Folder is null ? [file.IpmSubtree, .. Below(file.IpmSubtree, IncludeHidden)] : SelectFolders(file);
        foreach (PstFolder folder in folders)
        {
            foreach (PstItemSummary summary in folder.EnumerateItems())
            {
                cancellationToken.ThrowIfCancellationRequested();
                PstItemInfo item = new(file, folder, summary);
                if ((since is null || item.Time >= since) && (before is null || item.Time < before)
                    && Matches(subjects, item.Subject) && Matches(classes, item.MessageClass))
                {
                    WriteObject(item);
                }
            }
        }
    }

    private static WildcardPattern[]? Patterns(string[]? texts) => texts?.Select(t => new WildcardPattern(t, WildcardOptions.IgnoreCase)).ToArray();

    private static bool Matches(WildcardPattern[]? patterns, string text) => patterns is null || Array.Exists(patterns, p => p.IsMatch(text));
}
