using System.Management.Automation;
using PstMigration.Batch;
using PstMigration.Errors;
using PstMigration.Formats;

namespace PstMigration.Commands;

/// <summary>New-PurviewImportMapping: the mapping file of Microsoft's PST import, a row for each data file.</summary>
[Cmdlet(VerbsCommon.New, "PurviewImportMapping", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PurviewImportRow))]
public sealed class NewPurviewImportMappingCommand : PathCommand
{
    private readonly List<PurviewImportRow> _rows = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mapping file; without it the rows are given and nothing is written.</summary>
    [Parameter(Position = 1)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The mailbox: an address or GUID for all, a table of names of files (wildcards) and addresses, or a script block to which the file is $_. Without it a file is named by its mailbox.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public object? Mailbox { get; set; }

    /// <summary>Where in the mailbox: / for its top, /name for a folder there, empty for a folder named Imported; or a script block to which the file is $_.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TargetFolder")]
    [ValidateNotNull]
    [AllowEmptyString]
    public object TargetRootFolder { get; set; } = "/";

    /// <summary>Into the archive mailbox.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter IsArchive { get; set; }

    /// <summary>The code page of ANSI files, such as 932.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CodePage")]
    [ValidateRange(1, 65535)]
    public int? ContentCodePage { get; set; }

    /// <summary>The folder the files are uploaded to, within the container.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string UploadFolder { get; set; } = "";

    /// <summary>Does not open the files to look for what the service leaves out.</summary>
    [Parameter]
    public SwitchParameter SkipContent { get; set; }

    /// <summary>Replaces existing mapping files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        FileInfo file = new(path);
        PurviewImportRow row = new()
        {
            Path = path,
            FilePath = UploadFolder.Replace('\\', '/').Trim('/'),
            Name = file.Name,
            Mailbox = (await OnPipelineAsync(() => MailboxOf(file)).ConfigureAwait(false)).Trim(),
            IsArchive = IsArchive,
            TargetRootFolder = Rooted(await OnPipelineAsync(() => TextOf(TargetRootFolder, file)).ConfigureAwait(false)),
            ContentCodePage = ContentCodePage,
            Length = file.Length,
        };
        PurviewCheck.Row(row);
        if (_names.TryGetValue(row.Name, out string? other))
        {
            throw PurviewCheck.NameTaken(row, other);
        }

        if (!SkipContent)
        {
            using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityPurview, path));
            progress.Report(path);
            PurviewCheck.File(row, WriteWarning, cancellationToken);
        }

        _names.Add(row.Name, path);
        _rows.Add(row);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Destination is not null && _rows.Count > 0)
        {
            string path = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
            if (!await ShouldProcessAsync(path, LocalText.Format(Strings.ActionPurviewMapping, _rows.Count)).ConfigureAwait(false))
            {
                return;
            }

            if (!Force && PurviewMappingFile.PathsOf(path, _rows.Count).FirstOrDefault(File.Exists) is string existing)
            {
                throw ErrorRecords.Exception(FormatErrorIds.ExportFileExists, Strings.ReportExists, existing);
            }

            PurviewMappingFile.Write(path, _rows, Force);
        }

        _rows.ForEach(WriteObject);
    }

    /// <summary>The mailbox of a file; empty where nothing tells.</summary>
    private string MailboxOf(FileInfo file)
    {
        if (Given.Unwrap(Mailbox) is System.Collections.IDictionary table)
        {
            return table.Keys.Cast<object>()
                .Where(k => new WildcardPattern(k.ToString(), WildcardOptions.IgnoreCase) is WildcardPattern pattern
                    && (pattern.IsMatch(file.Name) || pattern.IsMatch(System.IO.Path.GetFileNameWithoutExtension(file.Name)) || pattern.IsMatch(file.FullName)))
                .Select(k => table[k]?.ToString()).FirstOrDefault() ?? "";
        }

        string name = System.IO.Path.GetFileNameWithoutExtension(file.Name);
        return Mailbox is not null ? TextOf(Mailbox, file) : name.Contains('@') ? name : "";
    }

    private static string TextOf(object given, FileInfo file) => Given.Unwrap(given) is ScriptBlock script ? Run(script, file) : Given.Unwrap(given)?.ToString() ?? "";

    /// <exception cref="Mapi.MailDataException">PurviewRowInvalid: what the user wrote has failed for this file; the others have their turn.</exception>
    private static string Run(ScriptBlock script, FileInfo file)
    {
        try
        {
            return script.InvokeWithContext(null, [new PSVariable("_", FileSystemPaths.AsItem(file))]).LastOrDefault()?.ToString() ?? "";
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw PurviewCheck.ScriptFailed(file.FullName, e);
        }
    }

    private static string Rooted(string folder)
    {
        string name = folder.Trim().Replace('\\', '/').Trim('/');
        return folder.Trim().Length == 0 ? "" : "/" + name;
    }
}
