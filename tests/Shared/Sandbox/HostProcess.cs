using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using PstMigration.Sandbox;

namespace PstMigration.Tests;

/// <summary>A sandbox in a process of its own, reached over a socket. It may be killed and started again at the same address.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly HttpClient _control = new() { Timeout = s_patience };
    private readonly string _folder;
    private readonly string[] _options;
    private Process? _process;

    private HostProcess(string folder, string[] options)
    {
        _folder = folder;
        _options = options;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The address of Graph in it.</summary>
    public Uri Graph => new(Address, "/v1.0");

    /// <summary>The process's number.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts one that keeps its mailbox in a folder.</summary>
    /// <param name="folder">Where mailbox and address go.</param>
    /// <param name="options">As the host takes them: <c>latency=100</c>.</param>
    public static async Task<HostProcess> StartAsync(string folder, params string[] options)
    {
        HostProcess host = new(folder, options);
        await host.StartAsync(options);
        return host;
    }

    /// <summary>Ends it at once, as a loss of power would.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>Starts it again at the address it had.</summary>
    public Task RestartAsync() => StartAsync([.. _options, "port=" + Address.Port.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Makes something go wrong.</summary>
    public async Task AddFaultAsync(SandboxFault fault)
    {
        using StringContent content = new(JsonSerializer.Serialize(fault), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _control.PostAsync(new Uri(Address, "/_control/faults"), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What it was asked.</summary>
    public async Task<SandboxStatistics> StatisticsAsync() =>
        JsonSerializer.Deserialize<SandboxStatistics>(await _control.GetStringAsync(new Uri(Address, "/_control/statistics")), JsonSerializerOptions.Web)!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _control.Dispose();
    }

    private async Task StartAsync(string[] options)
    {
        string ready = Path.Combine(_folder, "ready");
        File.Delete(ready);
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false, ArgumentList = { Locate(), Path.Combine(_folder, "m.mailbox"), ready } };
        foreach (string option in options)
        {
            start.ArgumentList.Add(option);
        }

        _process = Process.Start(start)!;
        long begun = TimeProvider.System.GetTimestamp();
        while (!File.Exists(ready))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(begun) > s_patience)
            {
                throw new InvalidOperationException("The host did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        Address = new Uri(await File.ReadAllTextAsync(ready));
    }

    // X/bin/Configuration/framework/ of the program that starts it, and of the host.
    private static string Locate()
    {
        DirectoryInfo own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        for (DirectoryInfo? folder = own; folder is not null; folder = folder.Parent)
        {
            string host = Path.Combine(folder.FullName, "tests", "PstMigration.Sandbox.Host");
            if (Directory.Exists(host))
            {
                return Path.Combine(host, "bin", own.Parent!.Name, own.Name, "PstMigration.Sandbox.Host.dll");
            }
        }

        throw new DirectoryNotFoundException("tests/PstMigration.Sandbox.Host");
    }
}
