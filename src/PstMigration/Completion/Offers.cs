using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Errors;

namespace PstMigration.Completion;

/// <summary>What Tab offers.</summary>
internal static class Offers
{
    /// <summary>Those that begin with what was typed, each once, quoted where they have to be.</summary>
    internal static IEnumerable<CompletionResult> Of(string? typed, IEnumerable<(string Text, string Tip)> offers)
    {
        string start = (typed ?? "").Trim('\'', '"');
        return offers.Where(o => o.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .GroupBy(o => o.Text, StringComparer.OrdinalIgnoreCase)
            .Select(g => new CompletionResult(Quoted(g.Key), SafeText.Show(g.Key), CompletionResultType.ParameterValue, SafeText.Show(g.First().Tip)));
    }

    /// <summary>Those that begin with what was typed.</summary>
    internal static IEnumerable<CompletionResult> Of(string? typed, IEnumerable<string> offers) => Of(typed, offers.Select(o => (o, o)));

    /// <summary>What comes of looking for something; nothing where that fails: whoever presses Tab is told nothing of errors.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="find">Finds what begins with what was typed, here without quotes.</param>
    internal static IEnumerable<CompletionResult> OrNone(string? typed, Func<string, IEnumerable<CompletionResult>> find)
    {
        try
        {
            return [.. find((typed ?? "").Trim('\'', '"'))];
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            return [];
        }
    }

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
