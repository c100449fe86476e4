using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>The parameters that choose items: the same, with the same meaning, on every cmdlet that reads items.</summary>
/// <remarks>PowerShell has single inheritance and these cmdlets have different bases: they offer this object as their dynamic parameters.</remarks>
public class ItemFilterParameters
{
    private bool? _hasAttachment;

    /// <summary>Subjects, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Subject { get; set; }

    /// <summary>Names of authors, with wildcards; with an @ also their addresses.</summary>
    [Parameter]
    [Alias("Sender")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? From { get; set; }

    /// <summary>Message classes, with wildcards.</summary>
    [Parameter]
    [Alias("Class")]
    [ArgumentCompleter(typeof(ClassCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? MessageClass { get; set; }

    /// <summary>Not older than that.</summary>
    [Parameter]
    [AgeTransformation]
    [ArgumentCompleter(typeof(AgeCompleter))]
    [ValidateNotNull]
    public Age? Since { get; set; }

    /// <summary>Older than that.</summary>
    [Parameter]
    [Alias("OlderThan")]
    [AgeTransformation]
    [ArgumentCompleter(typeof(AgeCompleter))]
    [ValidateNotNull]
    public Age? Before { get; set; }

    /// <summary>Only items with attachments; switched off, only those without.</summary>
    [Parameter]
    [Alias("HasAttachments")]
    public SwitchParameter HasAttachment
    {
        get => _hasAttachment == true;
        set => _hasAttachment = value.IsPresent;
    }

    /// <summary>The filter.</summary>
    /// <param name="folders">The folders, as the cmdlet takes them.</param>
    /// <param name="now">What ages are counted from.</param>
    internal ItemFilter ToFilter(IEnumerable<FolderSelector> folders, DateTimeOffset now) => new()
    {
        Folders = [.. folders],
        Subjects = Subject ?? [],
        Senders = From ?? [],
        MessageClasses = MessageClass ?? [],
        Since = Since?.Before(now),
        Before = Before?.Before(now),
        HasAttachments = _hasAttachment,
    };
}
