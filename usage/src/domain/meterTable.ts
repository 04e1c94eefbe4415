/**
 * The published meters in the order of their sources, one in a line: id, service, name, unit, source, `deprecated` where its
 * source calls it that, and what it measures.
 */
export const METER_TABLE = `
f271a8a3-88c4-4d93-956a-063e1d2fa80b | Network | Static IP Address Usage | IP addresses | faq |  | public IPs in use; at daily granularity quantity = IPs x hours
9e2739ba-8674-4796-b465-f64674b822ba | Network | Dynamic IP Address Usage | IP addresses | faq |  | public IPs in use; at daily granularity quantity = IPs x hours
b4438d5d-453b-4ee1-b42a-dc72e377f1e4 | Storage | TableCapacity | GB*hours | faq |  | stored table data
b5c15376-6c94-4fdd-b655-1a69d138aca3 | Storage | PageBlobCapacity | GB*hours | faq |  | stored page blobs
b03c6ae7-b080-4bfa-84a3-22c800f315c6 | Storage | QueueCapacity | GB*hours | faq |  | stored queue data
09f8879e-87e9-4305-a572-4b7be209f857 | Storage | BlockBlobCapacity | GB*hours | faq |  | stored block blobs
b9ff3cd0-28aa-4762-84bb-ff8fbaea6a90 | Storage | TableTransactions | Request count in 10,000s | faq |  | table requests / 10,000
50a1aeaf-8eca-48a0-8973-a5b3077fee0d | Storage | TableDataTransIn | Ingress data in GB | faq |  | table ingress
1b8c1dec-ee42-414b-aa36-6229cf199370 | Storage | TableDataTransOut | Egress in GB | faq |  | table egress
43daf82b-4618-444a-b994-40c23f7cd438 | Storage | BlobTransactions | Requests count in 10,000s | faq |  | blob requests / 10,000
9764f92c-e44a-498e-8dc1-aad66587a810 | Storage | BlobDataTransIn | Ingress data in GB | faq |  | blob ingress
3023fef4-eca5-4d7b-87b3-cfbc061931e8 | Storage | BlobDataTransOut | Egress in GB | faq |  | blob egress
eb43dd12-1aa6-4c4b-872c-faf15a6785ea | Storage | QueueTransactions | Requests count in 10,000s | faq |  | queue requests / 10,000
e518e809-e369-4a45-9274-2017b29fff25 | Storage | QueueDataTransIn | Ingress data in GB | faq |  | queue ingress
dd0a10ba-a5d6-4cb6-88c0-7d585cef9fc2 | Storage | QueueDataTransOut | Egress in GB | faq |  | queue egress
fab6eb84-500b-4a09-a8ca-7358f8bbaea5 | Compute | Base VM Size Hours | Virtual core hours | faq |  | vcores x hours for a VM without Windows licence (recording: Linux image)
9cd92d4c-bafd-4492-b278-bedc2de8232a | Compute | Windows VM Size Hours | Virtual core hours | faq |  | vcores x hours for a Windows VM
6dab500f-a4fd-49c4-956d-229bb9c8c793 | Compute | VM size hours | VM hours | faq |  | plain VM hours, emitted for every VM, not multiplied by cores
380874f9-300c-48e0-95a0-d2d9a21ade8f | Managed Disks | S4 | Count of Disks*month | faq |  | standard managed disk, 32 GB
1b77d90f-427b-4435-b4f1-d78adec53222 | Managed Disks | S6 | Count of Disks*month | faq |  | standard managed disk, 64 GB
d5f7731b-f639-404a-89d0-e46186e22c8d | Managed Disks | S10 | Count of Disks*month | faq |  | standard managed disk, 128 GB
ff85ef31-da5b-4eac-95dd-a69d6f97b18a | Managed Disks | S15 | Count of Disks*month | faq |  | standard managed disk, 256 GB
88ea9228-457a-4091-adc9-ad5194f30b6e | Managed Disks | S20 | Count of Disks*month | faq |  | standard managed disk, 512 GB
5b1db88a-8596-4002-8052-347947c26940 | Managed Disks | S30 | Count of Disks*month | faq |  | standard managed disk, 1024 GB
7660b45b-b29d-49cb-b816-59f30fbab011 | Managed Disks | P4 | Count of Disks*month | faq |  | premium managed disk, 32 GB
817007fd-a077-477f-bc01-b876f27205fd | Managed Disks | P6 | Count of Disks*month | faq |  | premium managed disk, 64 GB
e554b6bc-96cd-4938-a5b5-0da990278519 | Managed Disks | P10 | Count of Disks*month | faq |  | premium managed disk, 128 GB
cdc0f53a-62a9-4472-a06c-e99a23b02907 | Managed Disks | P15 | Count of Disks*month | faq |  | premium managed disk, 256 GB
b9cb2d1a-84c2-4275-aa8b-70d2145d59aa | Managed Disks | P20 | Count of Disks*month | faq |  | premium managed disk, 512 GB
06bde724-9f94-43c0-84c3-d0fc54538369 | Managed Disks | P30 | Count of Disks*month | faq |  | premium managed disk, 1024 GB
7ba084ec-ef9c-4d64-a179-7732c6cb5e28 | Managed Disks | ActualStandardDiskSize | GB*month | faq |  | bytes really used by standard disks
daef389a-06e5-4684-a7f7-8813d9f792d5 | Managed Disks | ActualPremiumDiskSize | GB*month | faq |  | bytes really used by premium disks
108fa95b-be0d-4cd9-96e8-5b0d59505df1 | Managed Disks | ActualStandardSnapshotSize | GB*month | faq |  | bytes really used by standard snapshots
578ae51d-4ef9-42f9-85ae-42b52d3d83ac | Managed Disks | ActualPremiumSnapshotSize | GB*month | faq |  | bytes really used by premium snapshots
5d76e09f-4567-452a-94cc-7d1f097761f0 | Managed Disks | S4 | Count of Disks*hours | faq | deprecated | standard managed disk, 32 GB
dc9fc6a9-0782-432a-b8dc-978130457494 | Managed Disks | S6 | Count of Disks*hours | faq | deprecated | standard managed disk, 64 GB
e5572fce-9f58-49d7-840c-b168c0f01fff | Managed Disks | S10 | Count of Disks*hours | faq | deprecated | standard managed disk, 128 GB
9a8caedd-1195-4cd5-80b4-a4c22f9302b8 | Managed Disks | S15 | Count of Disks*hours | faq | deprecated | standard managed disk, 256 GB
5938f8da-0ecd-4c48-8d5a-c7c6c23546be | Managed Disks | S20 | Count of Disks*hours | faq | deprecated | standard managed disk, 512 GB
7705a158-bd8b-4b2b-b4c2-0782343b81e6 | Managed Disks | S30 | Count of Disks*hours | faq | deprecated | standard managed disk, 1024 GB
5c105f5f-cbdf-435c-b49b-3c7174856dcc | Managed Disks | P4 | Count of Disks*hours | faq | deprecated | premium managed disk, 32 GB
518b412b-1927-4f25-985f-4aea24e55c4f | Managed Disks | P6 | Count of Disks*hours | faq | deprecated | premium managed disk, 64 GB
5cfb1fed-0902-49e3-8217-9add946fd624 | Managed Disks | P10 | Count of Disks*hours | faq | deprecated | premium managed disk, 128 GB
8de91c94-f740-4d9a-b665-bd5974fa08d4 | Managed Disks | P15 | Count of Disks*hours | faq | deprecated | premium managed disk, 256 GB
c7e7839c-293b-4761-ae4c-848eda91130b | Managed Disks | P20 | Count of Disks*hours | faq | deprecated | premium managed disk, 512 GB
9f502103-adf4-4488-b494-456c95d23a9f | Managed Disks | P30 | Count of Disks*hours | faq | deprecated | premium managed disk, 1024 GB
8a409390-1913-40ae-917b-08d0f16f3c38 | Managed Disks | ActualStandardDiskSize | Byte*hours | faq | deprecated | bytes really used by standard disks
1273b16f-8458-4c34-8ce2-a515de551ef6 | Managed Disks | ActualPremiumDiskSize | Byte*hours | faq | deprecated | bytes really used by premium disks
89009682-df7f-44fe-aeb1-63fba3ddbf4c | Managed Disks | ActualStandardSnapshotSize | Byte*hours | faq | deprecated | bytes really used by standard snapshots
95b0c03f-8a82-4524-8961-ccfbf575f536 | Managed Disks | ActualPremiumSnapshotSize | Byte*hours | faq | deprecated | bytes really used by premium snapshots
75d4b707-1027-4403-9986-6ec7c05579c8 | Managed Disks | ActualStandardSnapshotSize | GB*month | faq | deprecated | bytes really used by standard snapshots
5ca1cbb9-6f14-4e76-8be8-1ca91547965e | Managed Disks | ActualPremiumSnapshotSize | GB*month | faq | deprecated | bytes really used by premium snapshots
cbcfef9a-b91f-4597-a4d3-01fe334bed82 | SQL | DatabaseSizeHourSqlMeter | MB*hours | faq |  | DB size reserved at creation; daily granularity = MB x hours
e6d8cfcd-7734-495e-b1cc-5ab0b9c24bd3 | MySQL | DatabaseSizeHourMySqlMeter | MB*hours | faq |  | DB size reserved at creation; daily granularity = MB x hours
cb6a35c5-fade-406c-b14d-6ddb7c4ca3d5 | Event Hubs | 1 Core | Core*hours | faq |  | cores of deployed Event Hubs clusters; always multiples of 10 (10 cores per CU)
ebf13b9f-b3ea-46fe-bf54-396e93d48ab4 | Key Vault | Key Vault transactions | Request count in 10,000s | faq |  | data-plane REST requests / 10,000
2c354225-b2fe-42e5-ad89-14f0ea302c87 | Key Vault | Advanced keys transactions | 10K transactions | faq |  | RSA 3K/4K and ECC key transactions (preview)
190c935e-9ada-48ff-9ab8-56ea1cf9adaa | App Service | App Service | Virtual core hours | faq |  | vcores running App Service; emitted against the operator default provider subscription
67cc4afc-0691-48e1-a4b8-d744d1fedbde | App Service | Functions Requests | 10 Requests | faq |  | executions / 10
d1d04836-075c-4f27-bf65-0a1130ec60ed | App Service | Functions - Compute | GB-s | faq |  | GB-seconds; memory rounded up to 128 MB steps (max 1,536 MB), time rounded up to 1 ms, minimum 100 ms and 128 MB per execution
957e9f36-2c14-45a1-b6a1-1723ef71a01d | App Service | Shared App Service Hours | 1 hour | faq |  | shared plan hours, counted per app
539cdec7-b4f5-49f6-aac4-1f15cff0eda9 | App Service | Free App Service Hours | 1 hour | faq |  | free plan hours, counted per app
88039d51-a206-3a89-e9de-c5117e2d10a6 | App Service | Small Standard App Service Hours | 1 hour | faq |  | instances x size hours
83a2a13e-4788-78dd-5d55-2831b68ed825 | App Service | Medium Standard App Service Hours | 1 hour | faq |  | instances x size hours
1083b9db-e9bb-24be-a5e9-d6fdd0ddefe6 | App Service | Large Standard App Service Hours | 1 hour | faq |  | instances x size hours
264acb47-ad38-47f8-add3-47f01dc4f473 | App Service | SNI SSL | Per SNI SSL Binding | faq |  | SNI bindings
60b42d72-dc1c-472c-9895-6c516277edb4 | App Service | IP SSL | Per IP Based SSL Binding | faq |  | IP-based bindings
73215a6c-fa54-4284-b9c1-7e8ec871cc5b | App Service | Web Process |  | faq |  | active sites x hours
5887d39b-0253-4e12-83c7-03e1a93dffd9 | App Service | External Egress Bandwidth | GB | faq |  | responses + outgoing requests + FTP + web-deploy bytes
db658d61-ef2d-4888-9843-72f5c774fd3c | App Service | Small Basic App Service Hours | 1 hour | script |  | listed in the script alone
27b01104-e0df-4f30-a171-f1b00ecb76b3 | App Service | Medium Basic App Service Hours | 1 hour | script |  | listed in the script alone
50db6a92-5dff-4c9b-8238-8ea5fb1be107 | App Service | Large Basic App Service Hours | 1 hour | script |  | listed in the script alone
26bd6580-c3bd-4e7e-8092-58b28eb1bb94 | App Service | Small Premium App Service Hours | 1 hour | script |  | listed in the script alone
a1cba406-e83e-45c3-bd36-485191c215d9 | App Service | Medium Premium App Service Hours | 1 hour | script |  | listed in the script alone
a2104a9d-5a78-4f8f-a2df-034bd43d602d | App Service | Large Premium App Service Hours | 1 hour | script |  | listed in the script alone
a91eed6c-dbbc-4532-859c-86de776433a4 | App Service | Extra Large Premium App Service Hours | 1 hour | script |  | listed in the script alone
14496322-39cb-4d33-b67d-39b0c2de0c8e | Managed Disks | S40 | Count of Disks*month | script |  | listed in the script alone
8c003d25-afb4-4f21-b1fa-86a5b0f001c7 | Managed Disks | S50 | Count of Disks*month | script |  | listed in the script alone
eecb2657-e7e6-47f9-9b00-7f58fa8839cb | Managed Disks | P40 | Count of Disks*month | script |  | listed in the script alone
43626c21-849b-40fe-8c01-e19666059c38 | Managed Disks | P50 | Count of Disks*month | script |  | listed in the script alone
d9aac1eb-a5d1-42f2-b617-9e3ea94fed88 | Managed Disks | S40 | Count of Disks*hours | script | deprecated | listed in the script alone
a54899dd-458e-4a40-9abd-f57cafd936a7 | Managed Disks | S50 | Count of Disks*hours | script | deprecated | listed in the script alone
043757fc-049f-4e8b-8379-45bb203c36b1 | Managed Disks | P40 | Count of Disks*hours | script | deprecated | listed in the script alone
c0342c6f-810b-4942-85d3-6eaa561b6570 | Managed Disks | P50 | Count of Disks*hours | script | deprecated | listed in the script alone
`;
