namespace PstMigration.Tests;

/// <summary>A request or an answer is not what the service's model says.</summary>
internal sealed class GraphModelException(string message) : Exception(message);
