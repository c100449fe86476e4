using System.Reflection;
using System.Text;

namespace PstMigration.Shell;

/// <summary>The shell's entry.</summary>
internal static class Program
{
    private const int RedirectedWidth = 120;

    /// <summary>Runs what the command line says.</summary>
    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        ShellArguments arguments = ShellArguments.Parse(args);
        if (arguments.Error is string error)
        {
            Console.Error.WriteLine(error);
            Console.Error.WriteLine(ShellArguments.Usage);
            return ShellSession.UsageError;
        }

        if (arguments.Help)
        {
            Console.Out.WriteLine(ShellArguments.Usage);
            return 0;
        }

        // The engine adds the user's and the machine's own folders.
        Environment.SetEnvironmentVariable("PSModulePath", StagedModules());
        using CancellationTokenSource interrupted = new();
        ShellRawInterface raw = new(() => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth);
        IShellInput? input = arguments.NonInteractive ? null : new ConsoleInput(interrupted.Token);
        ShellHost host = new(new ShellInterface(Console.Out, Console.Error, input, raw, showProgress: !Console.IsErrorRedirected));
        using ShellSession session = new(host);
        Console.CancelKeyPress += (_, e) =>
        {
            // The second one ends the process whatever the first is still waiting for.
            e.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
            session.Stop();
        };
        return arguments.File is string file
            ? session.RunFile(file, arguments.FileArguments)
            : session.RunCommand(arguments.Command == "-" ? Console.In.ReadToEnd() : arguments.Command!);
    }

    private static string StagedModules() => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(
        typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StageRoot").Value!))!;
}
