using System.Management.Automation;
using System.Security;

namespace PstMigration.Shell;

/// <summary>Asks whoever sits at the console, and stops waiting on Ctrl+C.</summary>
internal sealed class ConsoleInput(CancellationToken interrupted) : IShellInput
{
    private const int PollMilliseconds = 30;

    // A line begun before Ctrl+C cannot be taken back; the next prompt gets it.
    private Task<string?>? _reading;

    /// <inheritdoc/>
    public string? ReadLine()
    {
        _reading ??= Task.Run(Console.In.ReadLine);
        try
        {
            _reading.Wait(interrupted);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        string? line = _reading.Result;
        _reading = null;
        return line;
    }

    /// <inheritdoc/>
    public SecureString? ReadSecret() => Console.IsInputRedirected ? FromLine() : FromKeys();

    private SecureString? FromLine()
    {
        if (ReadLine() is not string line)
        {
            return null;
        }

        SecureString secret = new();
        foreach (char c in line)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    private SecureString FromKeys()
    {
        SecureString secret = new();
        while (true)
        {
            while (!Console.KeyAvailable)
            {
                if (interrupted.WaitHandle.WaitOne(PollMilliseconds))
                {
                    secret.Dispose();
                    throw new PipelineStoppedException();
                }
            }

            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                return secret;
            }

            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }
    }
}
