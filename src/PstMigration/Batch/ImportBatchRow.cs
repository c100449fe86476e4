using System.Globalization;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>A row of a batch as it was written.</summary>
/// <param name="Line">The line of the file, from 1.</param>
internal sealed record ImportBatchRow(int Line)
{
    /// <summary>The full path of the file; empty where the row names none.</summary>
    public string Path { get; init; } = "";

    /// <summary>The same as a pattern, for which the engine looks; null where the row has no wildcards.</summary>
    public string? Pattern { get; init; }

    /// <summary>The mailbox; empty for the one of the command.</summary>
    public string Mailbox { get; init; } = "";

    /// <summary>Which folders of the file: a path, a role or a pattern; empty for what the command says.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The same for the filter; null for what the command says.</summary>
    /// <exception cref="MailDataException">FolderNameInvalid: it can be no folder.</exception>
    public IEnumerable<FolderSelector>? Folders => Folder.Length == 0 ? null : NamedFolders.Of([Folder], null);

    /// <summary>The folder everything goes below; empty for none.</summary>
    public string TargetFolder { get; init; } = "";

    /// <summary>Whether the row says where everything goes, so that what the command says does not count.</summary>
    public bool IsTargetGiven { get; init; }

    /// <summary>The code page of 8-bit text, as written.</summary>
    public string CodePage { get; init; } = "";

    /// <summary>The service, as written: nothing but Exchange has mailboxes.</summary>
    public string Workload { get; init; } = "";

    /// <summary>Whether it goes into the archive mailbox, as written.</summary>
    public string IsArchive { get; init; } = "";

    /// <summary>Looks at what needs no file and no mailbox.</summary>
    /// <exception cref="MailDataException">BatchRowInvalid: the row names no file, or asks for what is not done here.</exception>
    public void Check()
    {
        if (Path.Length == 0)
        {
            throw BatchErrors.Row(Strings.BatchRowNoPath);
        }

        if (Workload.Length > 0 && !Workload.Equals("Exchange", StringComparison.OrdinalIgnoreCase))
        {
            throw BatchErrors.Row(Strings.BatchRowWorkload, Workload);
        }

        if (IsArchive.Length > 0 && !IsArchive.Equals("FALSE", StringComparison.OrdinalIgnoreCase))
        {
            throw BatchErrors.Row(Strings.BatchRowArchive, IsArchive);
        }
    }

    /// <summary>The code page the row names; another where it names none.</summary>
    /// <exception cref="MailDataException">BatchRowInvalid: there is none of that number.</exception>
    public int? CodePageOr(int? other) => CodePage.Length == 0 ? other
        : int.TryParse(CodePage, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && CodePages.Find(number) is not null ? number
        : throw BatchErrors.Row(Strings.BatchRowCodePage, CodePage);

    /// <summary>Puts everything where the row says, if it does.</summary>
    public TransferOptions Place(TransferOptions options) => IsTargetGiven
        ? options with { TargetRoot = TargetFolder.Length == 0 ? null : NamedFolders.ParseTarget(TargetFolder) }
        : options;
}
