using System.Security;
using PstMigration.Shell;

namespace PstMigration.Tests;

/// <summary>Answers prompts from a list.</summary>
internal sealed class RecordedInput(IEnumerable<string> answers) : IShellInput
{
    private readonly Queue<string> _answers = new(answers);

    /// <summary>How many answers nobody asked for.</summary>
    public int Left => _answers.Count;

    public string? ReadLine() => _answers.TryDequeue(out string? answer) ? answer : null;

    public SecureString? ReadSecret()
    {
        if (ReadLine() is not string answer)
        {
            return null;
        }

        SecureString secret = new();
        foreach (char c in answer)
        {
            secret.AppendChar(c);
        }

        return secret;
    }
}
