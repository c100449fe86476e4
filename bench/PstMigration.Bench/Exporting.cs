using System.Globalization;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Bench;

/// <summary>Exporting a file in a format, as Export-PstItem does.</summary>
internal static class Exporting
{
    /// <summary>Writes every item people see, and prints how it went.</summary>
    /// <param name="path">The data file.</param>
    /// <param name="destination">A folder or a file; of an earlier run, what is there is found again.</param>
    /// <param name="format">Eml, Maildir, Mbox, Html, Text, Json, Csv or Attachment.</param>
    /// <param name="threads">How many items are converted at once.</param>
    public static async Task RunAsync(string path, string destination, string format, int threads)
    {
        ItemFormat known = new ItemFormats(MailFormats.All).Find(format) ?? throw new ArgumentException("No such format.", nameof(format));
        Observer observer = new();
        using PstFile file = PstFile.Open(path);
        PstItemSource source = new(file);
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { Threads = threads }, observer, CancellationToken.None).ConfigureAwait(false);
        IItemTarget target = known.OpenTarget(destination, new ItemTargetOptions());
        await using (target.ConfigureAwait(false))
        {
            (TransferSummary summary, _) = await run.RunAsync(target, CancellationToken.None).ConfigureAwait(false);
            observer.Measurement.Print(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"export format={known} threads={threads} items={summary.Read} copied={summary.Count(ItemFate.Copied)} there={summary.Count(ItemFate.AlreadyThere)} failed={summary.Count(ItemFate.Failed)} files={summary.Files} bytes={summary.Bytes}"),
                new FileInfo(path).Length,
                Console.Out);
        }
    }

    private sealed class Observer : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public Measurement Measurement { get; } = new();

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => Console.Error.WriteLine(folder.Path + ": " + exception.Message);

        public void OnItem(ItemResult result) => Measurement.Tick();
    }
}
