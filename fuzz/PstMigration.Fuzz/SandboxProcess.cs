using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using PstMigration.Sandbox;
using PstMigration.Sandbox.Host;

namespace PstMigration.Fuzz;

/// <summary>A sandbox that answers on a socket in a process of its own, behind a network that fails.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process _process;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Starts one.</summary>
    /// <param name="file">The sandbox's file.</param>
    /// <param name="speed">How much faster than ours its clock runs.</param>
    /// <param name="faults">Of how many requests in a hundred something goes wrong.</param>
    /// <param name="seed">Of which.</param>
    public static SandboxProcess Start(string file, int speed, int faults, int seed)
    {
        string[] arguments = ["sandbox-host", file, .. new[] { speed, faults, seed }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadLine() is string address
            ? new SandboxProcess(process, new Uri(address))
            : throw new InvalidOperationException("The sandbox did not start.");
    }

    /// <summary>Is one: tells its address and answers until it is killed.</summary>
    public static async Task<int> RunAsync(string file, int speed, int faults, int seed)
    {
        using SandboxMailbox sandbox = Open(file, speed);
        using FaultyNetwork network = new(sandbox.CreateHandler(), faults, seed);
        SandboxServer server = new(sandbox, port: 0, network);
        await using ConfiguredAsyncDisposable end = server.ConfigureAwait(false);
        Console.WriteLine(await server.StartAsync().ConfigureAwait(false));
        await server.RunAsync().ConfigureAwait(false);
        return 0;
    }

    /// <summary>Opens the sandbox of a file in this process.</summary>
    public static SandboxMailbox Open(string file, int speed) =>
        SandboxMailbox.Open(file, new SandboxOptions { TimeProvider = new FastClock(speed), Limits = SandboxLimits.Scaled(10_000) });

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
