using System.Diagnostics;
using System.Text.Json;
using PstMigration.Sandbox;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.SignIn.Tests;

/// <summary>
/// The tenant check, on a sandbox: what it answers are the sandbox's own switches. So the check asks what it says it asks.
/// </summary>
public sealed class TenantCheckTests(SignInFixture fixture)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_answers_each_switch_of_the_sandbox(bool asAssumed)
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        Assert.SkipWhen(Pwsh.Path is null, Pwsh.Missing);
        SandboxBehaviour behaviour = asAssumed ? new SandboxBehaviour() : Turned(new SandboxBehaviour());
        string report = Path.Combine(fixture.NewHome(), "report.json");
        await using GraphHost graph = await GraphHost.StartAsync(
            Path.Combine(fixture.NewHome(), "check.mailbox"), fixture.Certificates.Server,
            new SandboxOptions { Address = "taro@outlook.com", Behaviour = behaviour, VisibilityDelay = TimeSpan.FromSeconds(3) });
        using TunnelProxy proxy = new(new Dictionary<string, int> { ["graph.microsoft.com"] = graph.Port, ["outlook.office.com"] = graph.Port, ["outlook.office365.com"] = graph.Port });

        ProcessStartInfo start = new(Pwsh.Path!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SSL_CERT_FILE"] = fixture.Certificates.AuthorityFile;
        start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add(
            $"& '{SignInFixture.Repository}/tools/tenant-check.ps1' -AccessToken ([Net.NetworkCredential]::new('', 't').SecurePassword) -Report '{report}' -Proxy {proxy.Address}");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await errors);
        Assert.Contains("Report:", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        SortedDictionary<string, string> answers = new(json.RootElement.GetProperty("Answers").EnumerateArray()
            .ToDictionary(a => a.GetProperty("Switch").GetString()!, a => a.GetProperty("Answer").ToString().Split(',')[0].ToLowerInvariant()), StringComparer.Ordinal);
        SortedDictionary<string, string> expected = new(typeof(SandboxBehaviour).GetProperties().Where(p => p.PropertyType == typeof(bool))
            .ToDictionary(p => p.Name, p => p.GetValue(behaviour)!.ToString()!.ToLowerInvariant()), StringComparer.Ordinal);
        Assert.Equal(string.Join("\n", expected.Select(Line)), string.Join("\n", answers.Select(Line)));
        Assert.True(json.RootElement.GetProperty("Removed").GetBoolean());
        Assert.DoesNotContain("@", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        static string Line(KeyValuePair<string, string> answer) => answer.Key + " " + answer.Value;
    }

    /// <summary>Every switch the other way, but for one: where every message is a draft, others cannot be told.</summary>
    private static SandboxBehaviour Turned(SandboxBehaviour behaviour)
    {
        foreach (System.Reflection.PropertyInfo property in typeof(SandboxBehaviour).GetProperties().Where(p => p.PropertyType == typeof(bool) && p.Name != nameof(SandboxBehaviour.HonoursFlagsAtCreate)))
        {
            property.SetValue(behaviour, !(bool)property.GetValue(behaviour)!);
        }

        return behaviour;
    }
}
