using System.Management.Automation;
using System.Text;
using PstMigration.Completion;
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

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation]
    [ArgumentCompleter(typeof(TransferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>The folder the reports are written to; made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The formats.</summary>
    [Parameter]
    [ValidateSet("Html", "Csv", "Json")]
    public string[] Format { get; set; } = ["Html"];

    /// <summary>Replaces reports that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken)
    {
        string folder = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
        string id = TransferJournals.IdOf(journalPath);
        using SqliteJournalReader journal = SqliteJournalReader.Open(journalPath);
        TransferReport report = TransferReport.Read(id, journal, cancellationToken);
        foreach (string format in Format.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string path = Path.Combine(folder, "transfer-" + id.Substring(0, 8) + "." + format.ToLowerInvariant());
            if (!_written.Add(path) || !await ShouldProcessAsync(path, Strings.ActionReport).ConfigureAwait(false))
            {
                continue;
            }

            Write(path, folder, stream =>
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
            });
            WriteObject(new FileInfo(path));
        }
    }

    private void Write(string path, string folder, Action<Stream> write)
    {
        try
        {
            AtomicFile.CreateDirectory(folder);
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
