using System.Globalization;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Accounts.Tests.Verdicts;

public sealed class VerdictTableTests
{
    private static readonly string[][] s_rows = [.. File.ReadLines(Path.Combine(TestData.Corpus, "accounts", "verdicts.tsv")).Select(l => l.Split('\t'))];
    private static readonly DateTimeOffset[] s_days = [.. s_rows[0].Skip(4).Take(4).Select(d => DateTimeOffset.ParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];

    [Fact]
    public void EveryRowOfTheTableHoldsAtEveryDay()
    {
        List<string> wrong = [];
        foreach (string[] row in s_rows.Skip(1))
        {
            for (int day = 0; day < s_days.Length; day++)
            {
                LegacyMailResult result = Judge(row, s_days[day]);
                if (result.Verdict.ToString() != row[4 + day])
                {
                    wrong.Add($"{string.Join(" ", row.Take(4))} at {s_days[day]:yyyy-MM-dd}: {result.Verdict}, expected {row[4 + day]}");
                }
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void TheTableHasAtLeastThreeHundredRowsEachWithItsSource()
    {
        Assert.True(s_rows.Length > 300);
        Assert.All(s_rows.Skip(1), r => Assert.True(r.Length == 9 && r[8].Length > 5, string.Join("|", r)));
        Assert.Equal(s_rows.Length, s_rows.Select(r => string.Join("\t", r.Take(4))).Distinct().Count());
    }

    [Fact]
    public void EveryVerdictExplainsItself() => Assert.All(s_rows.Skip(1), row =>
    {
        LegacyMailResult result = Judge(row, s_days[2]);
        Assert.False(string.IsNullOrWhiteSpace(result.Reason));
        Assert.False(string.IsNullOrWhiteSpace(result.Recommendation));
        Assert.Equal(result.Verdict == LegacyMailVerdict.Unknown && result.Provider is null, result.Evidence.Count == 0);
        Assert.All(result.Evidence, e => Assert.True(e.Text.Length > 0));
    });

    private static LegacyMailResult Judge(string[] row, DateTimeOffset asOf)
    {
        MailProtocol protocol = row[1].Length == 0 ? MailProtocol.Any : (MailProtocol)Enum.Parse(typeof(MailProtocol), row[1]);
        MailAuthentication? authentication = row[3].Length == 0 ? null : (MailAuthentication)Enum.Parse(typeof(MailAuthentication), row[3]);
        AccountJudge judge = new(ProviderRules.Default, asOf);
        AccountFacts facts = new() { Account = row[0], Protocol = protocol, Client = row[2].Length == 0 ? null : MailClient.Parse(row[2]) };
        if (authentication is null)
        {
            return judge.Judge(facts);
        }

        // An account that says how it signs in has a server: the provider's own.
        MailServer server = judge.Judge(facts).Server!;
        return judge.Judge(new AccountFacts
        {
            Account = facts.Account,
            Protocol = protocol,
            Client = facts.Client,
            Server = new MailServer { Protocol = protocol, Host = server.Host, Port = server.Port, Security = server.Security, Authentication = authentication.Value },
        });
    }
}
