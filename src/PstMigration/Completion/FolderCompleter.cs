using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Completion;

/// <summary>Offers the folders of the data file or the mailbox that the command line names, and the roles.</summary>
public sealed class FolderCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly (string Text, string Tip)[] s_roles = [.. Enum.GetNames(typeof(FolderRole)).Where(r => r != nameof(FolderRole.None)).Select(r => (r, r))];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Offers.Of(
            wordToComplete,
            Folders(commandName, parameterName, fakeBoundParameters).Concat(parameterName == nameof(Commands.ImportCommand.LiteralFolder) ? [] : s_roles));

    private static IReadOnlyList<(string Text, string Tip)> Folders(string command, string parameter, IDictionary given)
    {
        // A folder to put things below is one of where they go; what is exported from a mailbox is in the mailbox.
        bool isOfMailbox = command.EndsWith("-MsMailboxFolder", StringComparison.OrdinalIgnoreCase) || command.EndsWith("-MailboxToPst", StringComparison.OrdinalIgnoreCase)
            || command.EndsWith("-MailboxBackup", StringComparison.OrdinalIgnoreCase);
        string[] names = isOfMailbox ? [nameof(Commands.MailboxCommand.Mailbox)]
            : parameter == nameof(Commands.ImportCommand.TargetFolder)
                ? [nameof(Commands.ImportPstItemCommand.Destination), nameof(Commands.MailboxCommand.Mailbox)]
                : ["LiteralPath", "Path"];
        try
        {
            foreach (string name in names.Where(n => given[n] is not null))
            {
                object? first = Given.Each(given[name]).FirstOrDefault();
                return name == nameof(Commands.MailboxCommand.Mailbox) ? OfMailbox(first) : OfFile(Given.Path(first) ?? "");
            }

            return names.Contains("Path") ? [] : OfMailbox(null);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e) || e is InvalidOperationException or ArgumentException or AggregateException or OperationCanceledException)
        {
            // Whoever presses Tab is told nothing of errors.
            return [];
        }
    }

    private static IReadOnlyList<(string Text, string Tip)> OfFile(string path)
    {
        // The runspace is busy with the completion, so that only a nested pipeline can ask it where it is.
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        string location = shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
        using PstFile file = PstFile.Open(System.IO.Path.Combine(location, path));
        return [.. file.EnumerateFolders(includeHidden: true).Where(f => !f.IsTop).Select(f => (f.Path.ToString(), $"{f.Path} ({f.ItemCount})"))];
    }

    private static IReadOnlyList<(string Text, string Tip)> OfMailbox(object? given)
    {
        MailboxRegistry registry = MailboxRegistry.OfRunspace();
        MsMailbox mailbox = Given.Unwrap(given) switch
        {
            MsMailbox known => known,
            MsMailboxInfo info => info.Mailbox,
            string { Length: > 0 } address => registry.Find(address),
            _ => registry.Only(),
        };

        // What has no answer by then is not worth waiting for.
        using CancellationTokenSource stop = new(s_patience);
        Task<IReadOnlyList<MailboxFolderInfo>> folders = Task.Run(() => mailbox.Connection.GetFoldersAsync(static _ => { }, stop.Token));
        return folders.Wait(s_patience) ? [.. folders.Result.Where(f => f.Path.Names.Count > 0).Select(f => (f.Path.ToString(), $"{f.Path} ({f.ItemCount})"))] : [];
    }
}
