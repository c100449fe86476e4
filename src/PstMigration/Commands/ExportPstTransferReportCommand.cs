using System.Management.Automation;
using System.Text;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Reports;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Export-PstTransferReport: what a transfer did, as a file to show and to keep.</summary>
[Cmdlet(VerbsData.Export, "PstTransferReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPstTransferReportCommand : TransferCommand
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    private string _destination = "";
    private string[] _formats = [];
    private string? _only;

    /// <summary>The folder the reports are written to, made where it is missing; or one file, whose extension tells the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("DestinationPath", "OutputPath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation(Properties = InputNames.Transfer)]
    [ArgumentCompleter(typeof(TransferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>The formats.</summary>
    [Parameter]
    [ValidateSet("Html", "Csv", "Json")]
    public string[] Format { get; set; } = ["Html"];

    /// <summary>Replaces reports that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // Whoever names a document means the document.
    private bool IsOneFile => _only is not null;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken).ConfigureAwait(false);
        _destination = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
        _formats = [.. Format.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (FormatOf(_destination) is not string format || Directory.Exists(_destination))
        {
            FilePlace.CheckDirectory(_destination);
            return;
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Format)) && !_formats.SequenceEqual([format], StringComparer.OrdinalIgnoreCase))
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationIsOneFile, Strings.ReportIsOneFile, _destination, string.Join(", ", _formats));
        }

        _formats = [format];
        _only = "";
    }

    /// <inheritdoc/>
    protected override async Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken)
    {
        string id = TransferJournals.IdOf(journalPath);
        if (IsOneFile && _only!.Length > 0 && _only != id)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.DestinationIsOneFile, Strings.ReportsAreSeveral, _destination);
        }

        _only = IsOneFile ? id : null;
        using SqliteJournalReader journal = SqliteJournalReader.Open(journalPath);
        TransferReport report = TransferReport.Read(id, journal, cancellationToken);
        foreach (string format in _formats)
        {
            string path = IsOneFile ? _destination : Path.Combine(_destination, "transfer-" + id.Substring(0, 8) + "." + format.ToLowerInvariant());
            if (!_written.Add(path) || !await ShouldProcessAsync(path, Strings.ActionReport).ConfigureAwait(false))
            {
                continue;
            }

            try
            {
                Write(path, stream => Write(stream, format, report, journal, cancellationToken));
                WriteObject(FileSystemPaths.AsItem(new FileInfo(path)));
            }
            catch (MailDataException e) when (e.Error == FormatErrorIds.ExportFileExists)
            {
                // The other formats may be new.
                WriteError(ErrorRecords.From(e, path));
            }
        }
    }

    private static string? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => "Html",
        ".CSV" => "Csv",
        ".JSON" => "Json",
        _ => null,
    };

    private void Write(Stream stream, string format, TransferReport report, SqliteJournalReader journal, CancellationToken cancellationToken)
    {
        switch (format.ToUpperInvariant())
        {
            case "CSV":
                TableReport.WriteCsv(stream, journal, Clock.LocalTimeZone, cancellationToken);
                break;
            case "JSON":
                TableReport.WriteJson(stream, report, journal, cancellationToken);
                break;
            default:
                byte[] html = new UTF8Encoding(false).GetBytes(HtmlReport.Write(report, Clock.LocalTimeZone, Clock.GetUtcNow()));
                stream.Write(html, 0, html.Length);
                break;
        }
    }

    private void Write(string path, Action<Stream> write)
    {
        try
        {
            AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!Force && File.Exists(path))
            {
                throw new MailDataException(FormatErrorIds.ExportFileExists, LocalText.Format(Strings.ReportExists, path));
            }

            using (FileStream stream = AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, 64 * 1024))
            {
                write(stream);
            }

            AtomicFile.Finish(path, replace: Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            AtomicFile.Discard(path + AtomicFile.Suffix);
            throw new MailDataException(FormatErrorIds.TreeWriteFailed, path + ": " + e.Message, e);
        }
        catch
        {
            AtomicFile.Discard(path + AtomicFile.Suffix);
            throw;
        }
    }
}
