namespace PstMigration.Mailboxes;

/// <summary>How a token is come by.</summary>
public enum SignInMethod
{
    /// <summary>A person in the browser of this computer.</summary>
    Interactive,

    /// <summary>A person in a browser anywhere, with a code shown here.</summary>
    DeviceCode,

    /// <summary>An application that proves itself by a certificate.</summary>
    Certificate,

    /// <summary>An application that proves itself by a secret.</summary>
    ClientSecret,

    /// <summary>The identity of the Azure machine or service this runs on.</summary>
    ManagedIdentity,

    /// <summary>An application that proves itself by a token of the platform it runs on, such as Kubernetes.</summary>
    WorkloadIdentity,

    /// <summary>A token somebody else came by.</summary>
    Token,

    /// <summary>The session of Connect-MgGraph.</summary>
    MgGraph,
}
