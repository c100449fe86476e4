using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Completion;

/// <summary>Offers the folders of the file the command line names, and the roles.</summary>
public sealed class FolderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = (wordToComplete ?? "").Trim('\'', '"');
        IEnumerable<(string Text, string Tip)> offers = Folders(fakeBoundParameters)
            .Concat(Enum.GetNames(typeof(FolderRole)).Where(r => r != nameof(FolderRole.None)).Select(r => (r, r)));
        return offers.Where(o => o.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .GroupBy(o => o.Text, StringComparer.OrdinalIgnoreCase)
            .Select(g => new CompletionResult(Quoted(g.Key), SafeText.Show(g.Key), CompletionResultType.ParameterValue, SafeText.Show(g.First().Tip)));
    }

    private static IEnumerable<(string Text, string Tip)> Folders(IDictionary parameters)
    {
        object? given = parameters["LiteralPath"] ?? parameters["Path"];
        string? path = (given is object[] several ? several.FirstOrDefault() : given)?.ToString();
        if (path is null)
        {
            return [];
        }

        try
        {
            // The runspace is busy with the completion, so that only a nested pipeline can ask it where it is.
            using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            string location = shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
            using PstFile file = PstFile.Open(System.IO.Path.Combine(location, path));
            return [.. file.EnumerateFolders(includeHidden: parameters["IncludeHidden"] is SwitchParameter { IsPresent: true } or true).Where(f => !f.IsTop).Select(f => (f.Path.ToString(), $"{f.Path} ({f.ItemCount})"))];
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e) || e is InvalidOperationException or ArgumentException)
        {
            // Whoever presses Tab is told nothing of errors.
            return [];
        }
    }

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
