using System.Globalization;
using System.Runtime.CompilerServices;

namespace PstMigration.Sandbox.Host;

/// <summary>
/// The sandbox on a real socket, in its own process: <c>PstMigration.Sandbox.Host FILE READY [latency=MS] [visibility=MS] [address=USER] [port=N]</c>. READY gets the address
/// (http://127.0.0.1:port) as soon as it answers. Ends with POST /_control/stop.
/// </summary>
internal static class Program
{
    private const int Usage = 2;

    private static async Task<int> Main(string[] args)
    {
        if (args.Length < 2)
        {
            return Usage;
        }

        Dictionary<string, string> options = args.Skip(2).Select(a => a.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        SandboxOptions settings = new()
        {
            Address = options.GetValueOrDefault("address"),
            Latency = Milliseconds(options, "latency"),
            VisibilityDelay = Milliseconds(options, "visibility"),
        };
        using SandboxMailbox mailbox = SandboxMailbox.Open(args[0], settings);
        SandboxServer server = new(mailbox, options.TryGetValue("port", out string? port) ? int.Parse(port, CultureInfo.InvariantCulture) : 0);
        await using ConfiguredAsyncDisposable end = server.ConfigureAwait(false);
        Uri address = await server.StartAsync().ConfigureAwait(false);
        string begun = args[1] + ".partial";
        await File.WriteAllTextAsync(begun, address.AbsoluteUri.TrimEnd('/')).ConfigureAwait(false);
        File.Move(begun, args[1], overwrite: true);
        await server.RunAsync().ConfigureAwait(false);
        return 0;
    }

    private static TimeSpan Milliseconds(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out string? text) ? TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture)) : TimeSpan.Zero;
}
