using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PstMigration.SignIn.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(SignInFixture))]

// A browser is what a script called xdg-open says it is.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

namespace PstMigration.SignIn.Tests;

/// <summary>
/// Microsoft's two hosts on this computer: a real OpenID provider (npm oidc-provider, run by Node) and a sandbox, behind a proxy that leads Microsoft's names to them. The module
/// runs in a process of its own that trusts the tests' authority as it would trust any of the system's.
/// </summary>
public sealed class SignInFixture : IAsyncLifetime
{
    public const string Tenant = "7f1b0000-1111-2222-3333-444455556666";
    public const string PublicClient = "aaaaaaaa-0000-0000-0000-000000000001";
    public const string SecretClient = "aaaaaaaa-0000-0000-0000-000000000002";
    public const string CertificateClient = "aaaaaaaa-0000-0000-0000-000000000003";

    /// <summary>The secret of an application: it must not be seen anywhere.</summary>
    public const string Secret = "planted-client-secret";

    private static readonly string s_provider = Path.Combine(Metadata("RepositoryRoot"), "tests", "PstMigration.SignIn.Tests", "Provider");
    private Process? _node;
    private GraphHost? _graph;
    private TestCertificates? _certificates;

    /// <summary>The checkout.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot").TrimEnd(Path.DirectorySeparatorChar);

    /// <summary>A small data file.</summary>
    public static string Sample { get; } = Path.Combine(Metadata("RepositoryRoot"), "samples", "rehearsal.pst");

    public string Folder { get; } = Directory.CreateTempSubdirectory("pstmigration-signin").FullName;

    /// <summary>Why the tests cannot run; null where they can.</summary>
    public string? Missing { get; private set; }

    internal TestCertificates Certificates => _certificates!;

    internal GraphHost Graph => _graph!;

    internal TunnelProxy Proxy { get; private set; } = null!;

    /// <summary>The ports behind Microsoft's names.</summary>
    internal IReadOnlyDictionary<string, int> Hosts { get; private set; } = new Dictionary<string, int>();

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Missing = "The tests put a program in the browser's place as only Linux lets them.";
            return;
        }

        if (!Directory.Exists(Path.Combine(s_provider, "node_modules")))
        {
            Missing = "The OpenID provider is not installed: npm ci in tests/PstMigration.SignIn.Tests/Provider.";
            return;
        }

        _certificates = new TestCertificates(Folder);
        _graph = await GraphHost.StartAsync(Path.Combine(Folder, "graph.mailbox"), _certificates.Server);
        string configuration = Path.Combine(Folder, "provider.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new
        {
            tenant = Tenant,
            publicClient = PublicClient,
            secretClient = SecretClient,
            certificateClient = CertificateClient,
            secret = Secret,
            person = "hanako@contoso.example",
            jwks = _certificates.Keys(),
            key = _certificates.KeyFile,
            certificate = _certificates.CertificateFile,
            // So short that each process has to renew it.
            tokenSeconds = 240,
        }));
        if (await StartNodeAsync(configuration) is int port)
        {
            Hosts = new Dictionary<string, int> { ["login.microsoftonline.com"] = port, ["graph.microsoft.com"] = _graph.Port };
            Proxy = new TunnelProxy(Hosts);
        }
        else
        {
            Missing = "Node.js is not installed.";
        }
    }

    /// <summary>Runs a script in a new process, with the module imported. What it says, line by line, may be answered.</summary>
    /// <param name="home">The home of the user who runs it.</param>
    /// <param name="script">The script; <c>$at</c> holds the parameters that lead to the tests' servers.</param>
    /// <param name="onLine">Gets each line of output as it comes.</param>
    /// <param name="onBrowser">Gets each address a browser is opened with.</param>
    /// <param name="trusts">Whether the process trusts the tests' authority.</param>
    /// <param name="environment">More variables.</param>
    internal async Task<(int Code, string Output, string Errors)> RunAsync(
        string home, string script, Action<string>? onLine = null, Action<Uri>? onBrowser = null, bool trusts = true, IReadOnlyDictionary<string, string>? environment = null)
    {
        string bin = Directory.CreateDirectory(Path.Combine(home, "bin")).FullName;
        string opened = Path.Combine(home, "opened-" + Guid.NewGuid().ToString("N"));
        string browser = Path.Combine(bin, "xdg-open");
        await File.WriteAllTextAsync(browser, "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$OPENED\"\n");
        File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Metadata("Shell"));
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add($"$at = @{{ Proxy = '{Proxy.Address}' }}; Import-Module '{Path.Combine(Metadata("StageRoot"), "PstMigration.psd1")}'; {script}");
        start.Environment["HOME"] = home;
        start.Environment["OPENED"] = opened;
        start.Environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        if (trusts)
        {
            start.Environment["SSL_CERT_FILE"] = Certificates.AuthorityFile;
        }

        foreach (KeyValuePair<string, string> variable in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable.Key] = variable.Value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = ReadAsync(process.StandardOutput, onLine);
        int seen = 0;
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        try
        {
            while (!process.HasExited)
            {
                string[] addresses = File.Exists(opened) ? await File.ReadAllLinesAsync(opened, patience.Token) : [];
                for (; seen < addresses.Length; seen++)
                {
                    (onBrowser ?? (a => throw new InvalidOperationException("A browser was opened: " + a)))(new Uri(addresses[seen]));
                }

                await Task.Delay(50, patience.Token);
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A user's home.</summary>
    internal string NewHome() => Directory.CreateDirectory(Path.Combine(Folder, "home-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Somebody who signs in.</summary>
    internal Person NewPerson() => new(Proxy.Address);

    public async ValueTask DisposeAsync()
    {
        Proxy?.Dispose();
        if (_node is not null)
        {
            _node.StandardInput.Close();
            await _node.WaitForExitAsync();
            _node.Dispose();
        }

        if (_graph is not null)
        {
            await _graph.DisposeAsync();
        }

        _certificates?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        StringBuilder all = new();
        while (await reader.ReadLineAsync() is string line)
        {
            all.Append(line).Append('\n');
            onLine?.Invoke(line);
        }

        return all.ToString();
    }

    private static string Metadata(string key) =>
        typeof(SignInFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>The port of the provider; null where there is no Node.</summary>
    private async Task<int?> StartNodeAsync(string configuration)
    {
        ProcessStartInfo start = new("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(s_provider, "provider.mjs"));
        start.ArgumentList.Add(configuration);
        try
        {
            _node = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        StringBuilder said = new();
        _node.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        _node.BeginErrorReadLine();
        string? port = await _node.StandardOutput.ReadLineAsync();
        return port is not null ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : throw new InvalidOperationException("The provider did not start: " + said);
    }
}
