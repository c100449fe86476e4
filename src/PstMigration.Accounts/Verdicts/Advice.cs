using System.Globalization;
using PstMigration.Accounts.Rules;

namespace PstMigration.Accounts.Verdicts;

/// <summary>What to do about a verdict: sentences, and the next command where it is one.</summary>
internal sealed record Advice(string Text, string? Command)
{
    /// <summary>For an account.</summary>
    public static Advice For(AccountFacts facts, MailProvider? provider, LegacyMailVerdict verdict, SignInRule? rule)
    {
        List<string> sentences = [];
        string? command = null;
        switch (verdict)
        {
            case LegacyMailVerdict.Supported:
                sentences.Add(Strings.AdviceNothing);
                break;
            case LegacyMailVerdict.NeedsAppPassword:
                sentences.Add(Strings.AdviceAppPassword);
                break;
            case LegacyMailVerdict.Unknown:
                sentences.Add(facts.Probes.Count == 0 ? Strings.AdviceProbe : Strings.AdviceAskProvider);
                command = facts.Probes.Count == 0 && facts.DomainName is not null ? "Test-LegacyMailAccount " + Quote(facts.Account) + " -Probe" : null;
                break;
            default:
                sentences.AddRange(Move(facts, provider));
                break;
        }

        if (rule?.Advice is LocalizedText special)
        {
            sentences.Add(special.Text);
        }

        if (provider?.IsMicrosoft == true && verdict is not (LegacyMailVerdict.Supported or LegacyMailVerdict.Unknown))
        {
            bool isAddress = facts.Account.IndexOf('@') > 0;
            command = facts.HasPstFile && isAddress && Quote(facts.Path!) is string path ? "Import-PstToMailbox -LiteralPath " + path + " -Mailbox " + Quote(facts.Account)
                : isAddress ? "Test-MsMailboxConnection -Address " + Quote(facts.Account)
                : null;
            if (facts.HasPstFile)
            {
                sentences.Add(string.Format(CultureInfo.CurrentCulture, Strings.AdviceImport, facts.Path));
            }
        }

        return new Advice(string.Join(" ", sentences), command is not null && Quote(facts.Account) is null ? null : command);
    }

    private static IEnumerable<string> Move(AccountFacts facts, MailProvider? provider)
    {
        if (provider?.IsMicrosoft != true)
        {
            yield return Strings.AdviceOtherProgram;
        }
        else if (facts.Protocol == MailProtocol.Smtp)
        {
            yield return Strings.AdviceSmtp;
        }
        else if (facts.Protocol == MailProtocol.Ews)
        {
            yield return Strings.AdviceEws;
        }
        else if (facts.Client?.Kind == MailClientKind.Thunderbird)
        {
            yield return Strings.AdviceThunderbird;
        }
        else
        {
            yield return Strings.AdviceAddAgain;
        }
    }

    // A literal for PowerShell. Its quotation marks are doubled, the typographic ones among them; what cannot stand in a line gives no command.
    private static string? Quote(string text) => text.Any(char.IsControl) || text.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        ? null
        : "'" + string.Concat(text.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? new string(c, 2) : c.ToString())) + "'";
}
